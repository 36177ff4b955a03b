package io.weir.edge.peer;

import io.weir.edge.cache.CachedContent;
import io.weir.protocol.wire.WireMessage;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells one peer which pieces this node has, and what changes of it (BEP 3, 6, 54).
 *
 * <p>The peer is told of everything where the source is healthy or all of it is stored, and that
 * this node wants nothing (BEP 21); else of what is stored, and nothing of wanting. As long as it
 * has not been told of everything, it is told every {@link #FOLLOW_EVERY} of what has come since;
 * of the rest too once the source is healthy, and unless it is, of what is gone again. A piece that
 * was withdrawn because it did not come in time is claimed again when it comes, or {@link
 * #CLAIM_AGAIN} later where the source is healthy.
 *
 * <p>Confined to the channel's event loop. At most {@value #MAX_A_ROUND} messages a round, and none
 * to a peer that does not take what it has been sent.
 */
final class Announcements {
  static final Duration FOLLOW_EVERY = Duration.ofSeconds(2);
  static final Duration CLAIM_AGAIN = Duration.ofSeconds(30);
  static final int MAX_A_ROUND = 1024;

  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final Pieces pieces;
  private final ExtensionProtocol extensions;
  private final int pieceCount;
  private final boolean fast;
  private final LongSupplier nanoClock;
  private final PeerMetrics metrics;
  private final Claims claims;
  private long withdrawnNanos;
  private @Nullable Future<?> next;

  /**
   * To one peer.
   *
   * @param registered the content as it is registered at the time, null once it is withdrawn
   * @param fast whether the peer speaks BEP 6
   */
  Announcements(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      ExtensionProtocol extensions,
      int pieceCount,
      boolean fast,
      LongSupplier nanoClock,
      PeerMetrics metrics) {
    this.connection = connection;
    this.registered = registered;
    this.pieces = pieces;
    this.extensions = extensions;
    this.pieceCount = pieceCount;
    this.fast = fast;
    this.nanoClock = nanoClock;
    this.metrics = metrics;
    this.claims = new Claims(pieceCount);
    this.withdrawnNanos = nanoClock.getAsLong() - CLAIM_AGAIN.toNanos();
  }

  /** Says what this node has, at first; queues, the caller flushes. */
  void greet(boolean extended) {
    CachedContent content = registered.get();
    if (content == null) {
      return;
    }
    claims.begin(pieces.stored(content), pieces.sourceHealthy(content));
    boolean complete = claims.areComplete();
    metrics.greeted(complete);
    if (extended) {
      extensions.greet(complete);
    }
    BitSet told = claims.told();
    if (fast && complete) {
      connection.write(new WireMessage.HaveAll());
    } else if (fast && told.isEmpty()) {
      connection.write(new WireMessage.HaveNone());
    } else if (!told.isEmpty()) {
      connection.write(WireMessage.Bitfield.of(told, pieceCount));
    }
    followWhileIncomplete();
  }

  /** Whether the peer has been told that this piece is here. */
  boolean claims(int piece) {
    return claims.has(piece);
  }

  /** Whether the peer understands that a piece is withdrawn. */
  boolean canWithdraw() {
    return extensions.understandsDontHave();
  }

  /** Takes a piece back that has not come in time; queues, the caller flushes. */
  void withdraw(int piece) {
    withdrawnNanos = nanoClock.getAsLong();
    takeBack(piece);
    followWhileIncomplete();
  }

  /**
   * A piece has come: claims it again if it had been taken back; queues, the caller flushes. An
   * honest peer hears of it once it is stored.
   */
  void onPiece(int piece) {
    if (!claims.areHonest()) {
      claim(piece);
    }
  }

  private void claim(int piece) {
    if (claims.claim(piece)) {
      connection.write(new WireMessage.Have(piece));
    }
  }

  void close() {
    if (next != null) {
      next.cancel(false);
    }
  }

  private void followWhileIncomplete() {
    if (next == null && !claims.areComplete()) {
      next =
          connection
              .channel()
              .eventLoop()
              .schedule(this::follow, FOLLOW_EVERY.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void follow() {
    next = null;
    CachedContent content = registered.get();
    if (!connection.isOpen() || content == null) {
      return;
    }
    if (connection.channel().isWritable()) {
      BitSet stored = pieces.stored(content);
      boolean healthy = pieces.sourceHealthy(content);
      boolean settled = nanoClock.getAsLong() - withdrawnNanos >= CLAIM_AGAIN.toNanos();
      if (canWithdraw()) {
        claims.gone(stored, healthy).stream().limit(MAX_A_ROUND).forEach(this::takeBack);
      }
      claims.missing(stored, healthy && settled).stream().limit(MAX_A_ROUND).forEach(this::claim);
      connection.flush();
    }
    followWhileIncomplete();
  }

  private void takeBack(int piece) {
    if (claims.withdraw(piece)) {
      metrics.withdrawals.increment();
      extensions.dontHave(piece);
    }
  }
}
