package io.weir.loadtest.rig.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SourceTest {
  private static final int SWARMS = 100;

  @Test
  void everySwarmHasAsManyPeersAsPlanned() {
    TrackerPlan plan = plan(16, 5, 8);
    int[] peers = new int[SWARMS];
    for (int number = 0; number < plan.sources(); number++) {
      Source source = Source.of(plan, number, new Random(1));
      int first = source.nextSwarm();
      int swarm = first;
      do {
        peers[swarm]++;
        swarm = source.nextSwarm();
      } while (swarm != first);
    }
    for (int count : peers) {
      assertEquals(5, count);
    }
  }

  @Test
  void sourcesHaveAddressesOfTheirOwn() {
    TrackerPlan plan = plan(300, 300, 8);
    assertEquals("127.1.0.1", addressOf(plan, 1));
    assertEquals("127.1.1.43", addressOf(plan, 299));
  }

  @Test
  void planOutOfBoundsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> plan(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> plan(16, 17, 1));
    assertThrows(IllegalArgumentException.class, () -> plan(16, 16, TrackerPlan.MAX_BURST + 1));
    assertThrows(IllegalArgumentException.class, () -> plan(TrackerPlan.MAX_SOURCES + 1, 1, 1));
  }

  private static String addressOf(TrackerPlan plan, int number) {
    return Source.of(plan, number, new Random(1)).localAddress().getAddress().getHostAddress();
  }

  private static TrackerPlan plan(int sources, int peersPerSwarm, int burst) {
    return new TrackerPlan(
        new InetSocketAddress(1),
        Transport.UDP,
        InfoHashFile.random(SWARMS, new Random(1)),
        sources,
        peersPerSwarm,
        50,
        128,
        burst,
        new Pace.Closed(),
        Duration.ZERO,
        Duration.ofSeconds(1),
        null,
        1);
  }
}
