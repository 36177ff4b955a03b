package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One piece on its way to everyone who asked for it.
 *
 * <p>Flying: reads come aboard and wait. Landed: the verified bytes are here and the flight owns
 * them; who waited has them, who comes now gets them at once. Gone: the bytes are released, or
 * never came; who still holds the flight looks again. Each read is answered exactly once, with a
 * reference of its own, released here where the read gave up first. Thread-safe; no future is
 * completed under the lock.
 */
final class Flight {
  /** What became of a read that came to a flight. */
  enum Boarding {
    /** It will be, or has been, answered. */
    ABOARD,
    /** Too many wait already. */
    FULL,
    /** The flight is over: look again. */
    GONE
  }

  private enum State {
    FLYING,
    LANDED,
    GONE
  }

  private final PieceKey key;
  private final CachedContent content;
  private final boolean background;
  private final CompletableFuture<FillOutcome> ended = new CompletableFuture<>();
  private final List<CompletableFuture<PieceRead>> waiters = new ArrayList<>();
  private State state = State.FLYING;
  private boolean wanted;
  private @Nullable ByteBuf landed;

  /** Background flights serve the store alone, unless a read comes aboard. */
  Flight(PieceKey key, CachedContent content, boolean background) {
    this.key = key;
    this.content = content;
    this.background = background;
    this.wanted = !background;
  }

  PieceKey key() {
    return key;
  }

  CachedContent content() {
    return content;
  }

  int lengthBytes() {
    return content.metainfo().pieceLengthBytes(key.piece());
  }

  boolean background() {
    return background;
  }

  /** Whether somebody wants to read the piece, now or soon. */
  synchronized boolean wanted() {
    return wanted;
  }

  /** Completes when the piece is stored, or is known not to be. */
  CompletableFuture<FillOutcome> ended() {
    return ended;
  }

  Boarding board(CompletableFuture<PieceRead> read, int maxWaiters) {
    ByteBuf own;
    synchronized (this) {
      if (state == State.GONE) {
        return Boarding.GONE;
      }
      wanted = true;
      if (landed == null) {
        return waiters.size() < maxWaiters && waiters.add(read) ? Boarding.ABOARD : Boarding.FULL;
      }
      own = landed.retainedDuplicate();
    }
    deliver(read, own);
    return Boarding.ABOARD;
  }

  /** Takes ownership of verified bytes and answers everyone aboard; how many that were. */
  int land(ByteBuf bytes) {
    List<CompletableFuture<PieceRead>> reads;
    List<ByteBuf> owns = new ArrayList<>();
    synchronized (this) {
      state = State.LANDED;
      landed = bytes;
      reads = List.copyOf(waiters);
      waiters.clear();
      reads.forEach(read -> owns.add(bytes.retainedDuplicate()));
    }
    for (int i = 0; i < reads.size(); i++) {
      deliver(reads.get(i), owns.get(i));
    }
    return reads.size();
  }

  /** Releases the bytes; the flight must be off the board by now. */
  void depart(FillOutcome outcome) {
    synchronized (this) {
      state = State.GONE;
      if (landed != null) {
        landed.release();
        landed = null;
      }
    }
    ended.complete(outcome);
  }

  /** Answers everyone aboard that there is nothing; how many that were. */
  int cancel(PieceRead.Unavailable answer) {
    List<CompletableFuture<PieceRead>> reads;
    synchronized (this) {
      state = landed == null ? State.GONE : state;
      reads = List.copyOf(waiters);
      waiters.clear();
    }
    reads.forEach(read -> read.complete(answer));
    ended.complete(new FillOutcome.Failed(answer.reason()));
    return reads.size();
  }

  private static void deliver(CompletableFuture<PieceRead> read, ByteBuf own) {
    if (!read.complete(new PieceRead.Found(own))) {
      own.release();
    }
  }
}
