package io.weir.edge.peer;

import io.weir.edge.socket.SourcePrefix;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, in total and from each address prefix. Thread-safe. */
final class ConnectionCaps {
  private final int total;
  private final int perPrefix;
  private final AtomicInteger admitted = new AtomicInteger();
  private final ConcurrentMap<SourcePrefix, Integer> byPrefix = new ConcurrentHashMap<>();

  ConnectionCaps(int total, int perPrefix) {
    this.total = total;
    this.perPrefix = perPrefix;
  }

  /** Counts a connection in if both caps allow; then it must be released once. */
  boolean admit(InetAddress address) {
    if (admitted.incrementAndGet() > total) {
      admitted.decrementAndGet();
      return false;
    }
    int behind = byPrefix.merge(SourcePrefix.of(address), 1, Integer::sum);
    if (behind > perPrefix) {
      release(address);
      return false;
    }
    return true;
  }

  /** Counts out a connection that was admitted. */
  void release(InetAddress address) {
    byPrefix.computeIfPresent(SourcePrefix.of(address), (prefix, n) -> n == 1 ? null : n - 1);
    admitted.decrementAndGet();
  }

  /** Connections from this address's prefix now. */
  int behind(InetAddress address) {
    return byPrefix.getOrDefault(SourcePrefix.of(address), 0);
  }

  int admitted() {
    return admitted.get();
  }
}
