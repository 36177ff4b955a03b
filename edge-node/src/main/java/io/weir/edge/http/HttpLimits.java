package io.weir.edge.http;

import java.time.Duration;

/**
 * What one client, or all of them together, may use of the HTTP listener, and of the HTTPS listener
 * as much again.
 *
 * @param connections open at once; more wait in the backlog
 * @param backlog connections that the kernel queues before it refuses
 * @param headerBytes bytes of one request's line and headers
 * @param headers headers of one request
 * @param requestTimeout time to send a request's line and headers, and any body, which is refused;
 *     over TLS as long again for the handshake
 * @param keepAlive time that a connection may wait for its next request
 * @param stall time that a client may take nothing of an answer that waits for it
 * @param sendBuffers what the kernel may hold for clients
 */
public record HttpLimits(
    int connections,
    int backlog,
    int headerBytes,
    int headers,
    Duration requestTimeout,
    Duration keepAlive,
    Duration stall,
    SendBufferLimits sendBuffers) {
  /** What suits an edge in the open. */
  public static HttpLimits defaults() {
    return new HttpLimits(
        20_000,
        1024,
        16 * 1024,
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        new SendBufferLimits(64 * 1024, 4 << 20, 512L << 20));
  }
}
