package io.weir.edge.peer;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What all sessions of a server share as they send: each loop's turns, and memory. Thread-safe. */
final class UploadShares {
  private final SendBudget budget;
  private final ConcurrentMap<EventLoop, Turns> turns = new ConcurrentHashMap<>();

  UploadShares(SendBudget budget) {
    this.budget = budget;
  }

  SendBudget budget() {
    return budget;
  }

  /** The turns of this loop, one of the server's. */
  Turns turns(EventLoop loop) {
    return turns.computeIfAbsent(loop, Turns::new);
  }
}
