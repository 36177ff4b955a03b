package io.weir.edge.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.fixture.TestCertificate;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of the JDK's engines talk through buffers, the server's through a batching one. */
class BatchingEngineTest {
  private static final int RECORD_BYTES = 16 * 1024;

  private static TestCertificate certificate;

  private SSLEngine client;
  private BatchingEngine server;
  private final ByteBuffer toClient = ByteBuffer.allocate(136 * 1024);
  private final ByteBuffer received = ByteBuffer.allocate(1 << 20);

  @BeforeAll
  static void make(@TempDir Path directory) {
    certificate = TestCertificate.make(directory, "EC");
  }

  @BeforeEach
  void shakeHands(@TempDir Path directory) throws Exception {
    try (ServerTls tls =
        ServerTls.open(certificate.write(directory), TlsLibrary.JDK, new SimpleMeterRegistry())) {
      server = (BatchingEngine) tls.context().createSSLEngine();
    }
    client = certificate.client().createSSLEngine();
    client.setUseClientMode(true);
    ByteBuffer none = ByteBuffer.allocate(0);
    ByteBuffer toServer = ByteBuffer.allocate(64 * 1024);
    while (isShakingHands(client) || isShakingHands(server)) {
      client.wrap(none, toServer);
      toServer.flip();
      server.unwrap(toServer, received);
      toServer.compact();
      compute(server);
      server.wrap(new ByteBuffer[] {none}, 0, 1, toClient);
      toClient.flip();
      client.unwrap(toClient, received);
      toClient.compact();
      compute(client);
    }
    assertEquals(0, received.position());
  }

  @Test
  void destinationIsFilledWithRecords() throws Exception {
    byte[] head = {1, 2, 3};
    ByteBuffer[] answer = {ByteBuffer.wrap(head), ByteBuffer.allocate(10 * RECORD_BYTES)};
    SSLEngineResult result = server.wrap(answer, 0, 2, toClient);
    assertEquals(Status.OK, result.getStatus());
    assertEquals(result.bytesProduced(), toClient.position());
    assertTrue(toClient.remaining() < server.getSession().getPacketBufferSize());
    receive();
    assertEquals(result.bytesConsumed(), received.position());
    server.wrap(answer, 0, 2, toClient);
    receive();
    assertEquals(head.length + 10 * RECORD_BYTES, received.position());
    assertEquals(1, received.get(0));
  }

  @Test
  void destinationWithoutRoomForARecordIsOverflow() throws Exception {
    ByteBuffer[] answer = {ByteBuffer.allocate(RECORD_BYTES)};
    SSLEngineResult result = server.wrap(answer, 0, 1, ByteBuffer.allocate(100));
    assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
    assertEquals(0, result.bytesConsumed());
    assertEquals(0, result.bytesProduced());
  }

  @Test
  void onlyTheBuffersThatAreMeantAreWrapped() throws Exception {
    ByteBuffer[] buffers = {
      ByteBuffer.allocate(10), ByteBuffer.allocate(20), ByteBuffer.allocate(30)
    };
    assertEquals(20, server.wrap(buffers, 1, 1, toClient).bytesConsumed());
    assertEquals(10, buffers[0].remaining());
    assertEquals(30, buffers[2].remaining());
  }

  @Test
  void closedEngineSaysSo() throws Exception {
    server.closeOutbound();
    ByteBuffer[] answer = {ByteBuffer.allocate(10)};
    assertEquals(Status.CLOSED, server.wrap(answer, 0, 1, toClient).getStatus());
    assertEquals(10, answer[0].remaining());
  }

  private void receive() throws SSLException {
    toClient.flip();
    while (toClient.hasRemaining()) {
      client.unwrap(toClient, received);
    }
    toClient.clear();
  }

  private static boolean isShakingHands(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
        || engine.getSession().getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL");
  }

  private static void compute(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
