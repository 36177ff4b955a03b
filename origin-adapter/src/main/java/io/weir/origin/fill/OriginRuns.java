package io.weir.origin.fill;

import io.weir.origin.spool.SpoolShelf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Who reads what of origins, and when: so many reads of a content at once. The first of them are a
 * piece each, begun at once. What is asked for while all are under way waits, and pieces that wait
 * and follow each other are then one read: small pieces, of which a round trip each would be most
 * of the time, come in as few requests as there is time to gather them, and nothing is ever read
 * that nobody asked for.
 *
 * <p>Any thread; reads on the executor's. What waits is bounded by who asks, one piece each.
 */
final class OriginRuns {
  /** Longest read of several pieces. */
  static final int MAX_RUN_BYTES = 4 << 20;

  /** Reads pieces that follow each other in one content. */
  @FunctionalInterface
  interface Reading {
    /** Answers every ask but those it returns, which are to be read again by themselves. Blocks. */
    List<PieceAsk> read(List<PieceAsk> run);
  }

  /** Of one registration of a content. */
  private static final class Queue {
    private final Map<Integer, PieceAsk> waiting = new LinkedHashMap<>();
    private int readers;
  }

  private final int atOnce;
  private final Executor threads;
  private final Reading reading;
  private final Map<SpoolShelf, Queue> queues = new HashMap<>();

  /**
   * A table of its own.
   *
   * @param atOnce reads of one content at a time, 1 or more
   * @param threads as many as are asked for at once; stays the caller's
   */
  OriginRuns(int atOnce, Executor threads, Reading reading) {
    this.atOnce = atOnce;
    this.threads = threads;
    this.reading = reading;
  }

  /** Sees to it that the ask is answered; returns at once. */
  void ask(PieceAsk ask) {
    SpoolShelf shelf = ask.content().shelf();
    synchronized (this) {
      Queue queue = queues.computeIfAbsent(shelf, none -> new Queue());
      queue.waiting.put(ask.piece(), ask);
      if (queue.readers == atOnce) {
        return;
      }
      queue.readers++;
    }
    try {
      threads.execute(() -> work(shelf));
    } catch (RejectedExecutionException e) {
      work(shelf, e);
    }
  }

  /** Takes back an ask that nobody waits for any more, unless it is being read. */
  synchronized void withdraw(PieceAsk ask) {
    Queue queue = queues.get(ask.content().shelf());
    if (queue != null) {
      queue.waiting.values().removeIf(waiting -> waiting.bytes() == ask.bytes());
    }
  }

  /** How many pieces wait for their turn. */
  synchronized int waiting() {
    return queues.values().stream().mapToInt(queue -> queue.waiting.size()).sum();
  }

  private void work(SpoolShelf shelf) {
    for (List<PieceAsk> run = next(shelf); !run.isEmpty(); run = next(shelf)) {
      List<PieceAsk> again;
      try {
        again = reading.read(run);
      } catch (RuntimeException | Error e) {
        run.forEach(ask -> ask.bytes().completeExceptionally(e));
        again = List.of();
      }
      again.forEach(ask -> ask(ask.byItself()));
    }
  }

  private void work(SpoolShelf shelf, RejectedExecutionException closing) {
    for (List<PieceAsk> run = next(shelf); !run.isEmpty(); run = next(shelf)) {
      run.forEach(
          ask ->
              ask.bytes()
                  .completeExceptionally(
                      new FillException(
                          FillException.Reason.BUSY, "the adapter is closing", closing)));
    }
  }

  /** What has waited longest and what follows it; nothing where the reader is to end. */
  private synchronized List<PieceAsk> next(SpoolShelf shelf) {
    Queue queue = queues.get(shelf);
    List<PieceAsk> run = new ArrayList<>();
    if (queue == null) {
      return run;
    }
    Iterator<PieceAsk> oldest = queue.waiting.values().iterator();
    if (!oldest.hasNext()) {
      queue.readers--;
      if (queue.readers == 0) {
        queues.remove(shelf);
      }
      return run;
    }
    PieceAsk ask = oldest.next();
    int bytes = 0;
    do {
      queue.waiting.remove(ask.piece());
      run.add(ask);
      bytes += ask.lengthBytes();
      ask = ask.alone() ? null : queue.waiting.get(ask.piece() + 1);
    } while (ask != null && !ask.alone() && bytes + ask.lengthBytes() <= MAX_RUN_BYTES);
    return run;
  }
}
