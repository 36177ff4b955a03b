package io.weir.edge.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.tracker.CompactPeers;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PeerPoolTest {
  private static final int SWARM = 0;
  private static final long HIGH = 0x2001_0db8_0000_0000L;

  private final PeerTable table = new PeerTable(1_000, new SipHash(1, 2));
  private final PeerPool pool = new PeerPool(table, true);
  private final Random random = new Random(7);

  @Test
  void emptyPoolNamesNobody() {
    assertEquals(List.of(), drawn(10, PeerTable.NONE));
  }

  @Test
  void onlyTheExceptionIsNeverDrawn() {
    int first = add(1);
    assertEquals(List.of(), drawn(10, first));
    add(2);
    assertEquals(List.of(2), drawn(10, first));
    assertEquals(2, drawn(10, PeerTable.NONE).size());
  }

  @Test
  void drawsAreDistinctWithoutTheExceptionAndAsManyAsThereAre() {
    List<Integer> peers = new ArrayList<>();
    for (int port = 1; port <= 40; port++) {
      peers.add(add(port));
    }
    for (int round = 0; round < 2_000; round++) {
      int count = random.nextInt(60);
      int except = random.nextInt(41);
      List<Integer> drawn = drawn(count, except == 0 ? PeerTable.NONE : peers.get(except - 1));
      assertEquals(Math.min(count, except == 0 ? 40 : 39), drawn.size());
      assertEquals(drawn.size(), new HashSet<>(drawn).size());
      assertFalse(except != 0 && drawn.contains(except));
    }
  }

  @Test
  void everyoneIsDrawnAboutAsOften() {
    for (int port = 1; port <= 100; port++) {
      add(port);
    }
    Map<Integer, Integer> times = new HashMap<>();
    for (int round = 0; round < 10_000; round++) {
      drawn(10, PeerTable.NONE).forEach(port -> times.merge(port, 1, Integer::sum));
    }
    assertEquals(100, times.size());
    assertTrue(times.values().stream().allMatch(n -> n > 800 && n < 1_200), times.toString());
  }

  @Test
  void thoseWhoCameTogetherDoNotStandTogether() {
    for (int port = 1; port <= 200; port++) {
      add(port);
    }
    Set<Integer> early = new HashSet<>();
    drawn(20, PeerTable.NONE).stream().filter(port -> port <= 100).forEach(early::add);
    assertTrue(early.size() > 2 && early.size() < 18, early.toString());
  }

  @Test
  void poolHoldsWhoIsLeftThroughAnyHistory() {
    long seed = System.nanoTime();
    Random history = new Random(seed);
    Map<Integer, Integer> peers = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int port = 1 + history.nextInt(300);
      Integer peer = peers.remove(port);
      if (peer == null) {
        peers.put(port, add(port));
      } else {
        pool.remove(peer);
        table.remove(peer);
      }
      assertEquals(peers.size(), pool.size());
    }
    assertEquals(
        peers.keySet(), new HashSet<>(drawn(peers.size(), PeerTable.NONE)), "seed " + seed);
  }

  private int add(int port) {
    int prefixHash = table.prefixHash(SWARM, HIGH, 1);
    int peer = table.add(prefixHash, SWARM, HIGH, 1, port, 0);
    pool.add(peer, random);
    return peer;
  }

  /** The ports of those drawn. */
  private List<Integer> drawn(int count, int except) {
    CompactPeers drawn = new CompactPeers(300);
    pool.draw(count, random, except, drawn);
    return drawn.toList(true).stream().map(InetSocketAddress::getPort).toList();
  }
}
