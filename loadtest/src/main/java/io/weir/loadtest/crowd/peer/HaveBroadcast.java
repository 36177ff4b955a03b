package io.weir.loadtest.crowd.peer;

import io.netty.channel.EventLoop;
import io.weir.protocol.wire.WireMessage;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a peer's remotes which pieces it has got, except those remotes that have the piece. The
 * messages wait a moment for others to travel with: on its own, each of a thousand pieces would
 * cost twenty peers a system call. Confined to its peer's event loop.
 */
final class HaveBroadcast {
  /** How long a message waits at most. */
  static final Duration DELAY = Duration.ofMillis(20);

  private final EventLoop loop;
  private final Connections connections;
  private @Nullable ScheduledFuture<?> nextFlush;

  HaveBroadcast(EventLoop loop, Connections connections) {
    this.loop = loop;
    this.connections = connections;
  }

  void onVerified(int piece) {
    for (PeerConnection connection : connections.ready()) {
      if (!connection.remote().has().get(piece)) {
        connection.write(new WireMessage.Have(piece));
      }
    }
    if (nextFlush == null || nextFlush.isDone()) {
      nextFlush =
          loop.schedule(
              () -> connections.ready().forEach(PeerConnection::flush),
              DELAY.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }
}
