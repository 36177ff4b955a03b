package io.weir.loadtest.crowd.peer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that trackers named, at most {@link #MAX_ADDRESSES}, and when each may be dialled
 * next. Pure; confined to its peer's event loop.
 */
final class AddressBook {
  /** Addresses kept; further ones are dropped until the crowd is smaller. */
  static final int MAX_ADDRESSES = 500;

  /** How long an address rests after it was dialled. */
  static final Duration REST = Duration.ofSeconds(10);

  private final InetSocketAddress self;
  private final Set<InetSocketAddress> edges;
  private final Random random;
  private final Map<InetSocketAddress, Long> dialAtNanos = new LinkedHashMap<>();

  AddressBook(InetSocketAddress self, Set<InetSocketAddress> edges, Random random) {
    this.self = self;
    this.edges = edges;
    this.random = random;
  }

  /**
   * Adds those that are new, edges first and the others shuffled, so that not every peer dials the
   * same ones. This peer's own address is left out.
   */
  void add(List<InetSocketAddress> addresses, long nowNanos) {
    List<InetSocketAddress> shuffled = new ArrayList<>(addresses);
    Collections.shuffle(shuffled, random);
    shuffled.sort(Comparator.comparing(address -> !edges.contains(address)));
    for (InetSocketAddress address : shuffled) {
      if (dialAtNanos.size() < MAX_ADDRESSES && !address.equals(self)) {
        dialAtNanos.putIfAbsent(address, nowNanos);
      }
    }
  }

  /** The first address that may be dialled, which then rests; null if there is none. */
  @Nullable InetSocketAddress next(long nowNanos) {
    for (Map.Entry<InetSocketAddress, Long> entry : dialAtNanos.entrySet()) {
      if (nowNanos - entry.getValue() >= 0) {
        entry.setValue(nowNanos + REST.toNanos());
        return entry.getKey();
      }
    }
    return null;
  }
}
