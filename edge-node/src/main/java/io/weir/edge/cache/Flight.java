package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.piece.PieceBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A piece on its way from its source, or a part of one from the store, to everyone who asked.
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

  /**
   * A read that waits.
   *
   * @param part of the piece
   * @param answer to be completed
   * @param sinceNanos when it came
   */
  record Waiter(int part, CompletableFuture<PartRead> answer, long sinceNanos) {}

  private enum State {
    FLYING,
    LANDED,
    GONE
  }

  private final PartKey key;
  private final CachedContent content;
  private final boolean background;
  private final CompletableFuture<FillOutcome> ended = new CompletableFuture<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private State state = State.FLYING;
  private boolean wanted;
  private boolean toBeStored;
  private @Nullable PieceBuffer landed;

  /** Background flights serve the store alone, unless a read comes aboard. */
  Flight(PartKey key, CachedContent content, boolean background) {
    this.key = key;
    this.content = content;
    this.background = background;
    this.wanted = !background;
    this.toBeStored = background;
  }

  PartKey key() {
    return key;
  }

  CachedContent content() {
    return content;
  }

  /** Most bytes that it brings. */
  int lengthBytes() {
    return content.lengthBytes(key);
  }

  boolean background() {
    return background;
  }

  /** Whether somebody wants to read the piece, now or soon. */
  synchronized boolean wanted() {
    return wanted;
  }

  /** Somebody wants the piece stored, however often it is asked for. */
  synchronized void store() {
    toBeStored = true;
  }

  synchronized boolean isToBeStored() {
    return toBeStored;
  }

  /** Completes when the piece is stored, or is known not to be. */
  CompletableFuture<FillOutcome> ended() {
    return ended;
  }

  Boarding board(Waiter waiter, int maxWaiters) {
    ByteBuf own;
    synchronized (this) {
      if (state == State.GONE) {
        return Boarding.GONE;
      }
      wanted = true;
      if (landed == null) {
        return waiters.size() < maxWaiters && waiters.add(waiter) ? Boarding.ABOARD : Boarding.FULL;
      }
      own = ownPart(landed, waiter.part());
    }
    deliver(waiter, own);
    return Boarding.ABOARD;
  }

  /** Takes ownership of verified bytes and answers everyone aboard; how many that were. */
  int land(PieceBuffer bytes) {
    List<Waiter> answered;
    List<ByteBuf> owns = new ArrayList<>();
    synchronized (this) {
      state = State.LANDED;
      landed = bytes;
      answered = takeWaiters();
      answered.forEach(waiter -> owns.add(ownPart(bytes, waiter.part())));
    }
    for (int i = 0; i < answered.size(); i++) {
      deliver(answered.get(i), owns.get(i));
    }
    return answered.size();
  }

  private ByteBuf ownPart(PieceBuffer bytes, int part) {
    return bytes.part(key.isWhole() ? part : 0).retainedDuplicate();
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
  int cancel(PartRead.Unavailable answer) {
    List<Waiter> answered = abandon();
    answered.forEach(waiter -> waiter.answer().complete(answer));
    ended.complete(new FillOutcome.Failed(answer.reason()));
    return answered.size();
  }

  /** Ends where nothing has landed; who is aboard is to come again. */
  List<Waiter> abandon() {
    synchronized (this) {
      state = landed == null ? State.GONE : state;
      return takeWaiters();
    }
  }

  /** Lets go of those who have waited since before this time; how many that were. */
  int expire(long beforeNanos, PartRead.Unavailable answer) {
    List<Waiter> expired = new ArrayList<>();
    synchronized (this) {
      Iterator<Waiter> aboard = waiters.iterator();
      while (aboard.hasNext()) {
        Waiter waiter = aboard.next();
        if (waiter.sinceNanos() - beforeNanos <= 0) {
          expired.add(waiter);
          aboard.remove();
        }
      }
    }
    expired.forEach(waiter -> waiter.answer().complete(answer));
    return expired.size();
  }

  private List<Waiter> takeWaiters() {
    List<Waiter> taken = List.copyOf(waiters);
    waiters.clear();
    return taken;
  }

  private static void deliver(Waiter waiter, ByteBuf own) {
    if (!waiter.answer().complete(new PartRead.Found(own))) {
      own.release();
    }
  }
}
