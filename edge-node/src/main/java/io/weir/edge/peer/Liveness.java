package io.weir.edge.peer;

import java.util.function.LongSupplier;

/**
 * When a peer is given up, and when it must hear from us. Confined to one thread.
 *
 * <p>Draining counts as being heard, since a peer that is slow to take its blocks is not read from
 * meanwhile. Keep-alives go out at a fixed interval, whatever else is sent: it costs four bytes.
 */
final class Liveness {
  /** What is due. */
  enum Due {
    NOTHING,
    KEEP_ALIVE,
    CLOSE
  }

  private final long idleNanos;
  private final long keepAliveNanos;
  private final LongSupplier nanoClock;
  private long heardNanos;
  private long keptAliveNanos;

  Liveness(PeerLimits limits, LongSupplier nanoClock) {
    this.idleNanos = limits.idle().toNanos();
    this.keepAliveNanos = limits.keepAlive().toNanos();
    this.nanoClock = nanoClock;
    this.heardNanos = nanoClock.getAsLong();
    this.keptAliveNanos = heardNanos;
  }

  void heard() {
    heardNanos = nanoClock.getAsLong();
  }

  /** Asks what is due; a keep-alive that is, counts as sent. */
  Due due() {
    long now = nanoClock.getAsLong();
    if (now - heardNanos >= idleNanos) {
      return Due.CLOSE;
    }
    if (now - keptAliveNanos < keepAliveNanos) {
      return Due.NOTHING;
    }
    keptAliveNanos = now;
    return Due.KEEP_ALIVE;
  }
}
