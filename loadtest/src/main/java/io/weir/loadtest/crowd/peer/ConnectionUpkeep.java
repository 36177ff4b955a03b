package io.weir.loadtest.crowd.peer;

import io.weir.protocol.wire.WireMessage;
import java.time.Duration;

/**
 * Closes the connections that are of no more use and keeps the others alive. Confined to its peer's
 * event loop.
 */
final class ConnectionUpkeep {
  /** How long a remote may leave its handshake out. */
  static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(10);

  /** How long a remote may answer none of what it was asked. */
  static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

  /** Silence of ours after which a keep-alive is sent; remotes close after two minutes (BEP 3). */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

  private final Connections connections;

  ConnectionUpkeep(Connections connections) {
    this.connections = connections;
  }

  void run(long nowNanos) {
    for (PeerConnection connection : connections.open()) {
      if (isUseless(connection, nowNanos)) {
        connection.close();
      } else if (nowNanos - connection.wroteNanos() > KEEP_ALIVE.toNanos()) {
        connection.write(new WireMessage.KeepAlive());
        connection.flush();
      }
    }
  }

  private static boolean isUseless(PeerConnection connection, long nowNanos) {
    boolean silent =
        connection.peerId() == null
            && nowNanos - connection.openedNanos() > HANDSHAKE_PATIENCE.toNanos();
    return silent
        || connection.remote().pipeline().isStalled(nowNanos, ANSWER_PATIENCE.toNanos())
        || (connection.isRetired() && connection.isIdle());
  }
}
