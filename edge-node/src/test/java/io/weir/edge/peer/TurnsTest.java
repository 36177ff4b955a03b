package io.weir.edge.peer;

import static io.weir.edge.fixture.Literals.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.weir.edge.socket.SourcePrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private static final SourcePrefix CROWD = SourcePrefix.of(ip("192.0.2.1"));
  private static final SourcePrefix LONER = SourcePrefix.of(ip("192.0.2.2"));

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Turns turns = new Turns(channel.eventLoop());
  private final List<String> taken = new ArrayList<>();

  @AfterEach
  void close() {
    var unused = channel.close();
  }

  /** Always has more to be sent, up to a number of turns. */
  private final class Greedy implements Turns.Peer {
    private final SourcePrefix prefix;
    private final String name;
    private int left;

    Greedy(SourcePrefix prefix, String name, int turns) {
      this.prefix = prefix;
      this.name = name;
      this.left = turns;
    }

    @Override
    public void onTurn() {
      taken.add(name);
      if (--left > 0) {
        turns.add(prefix, this);
      }
    }
  }

  @Test
  void peersOfAPrefixTakeTurns() {
    turns.add(CROWD, new Greedy(CROWD, "a", 3));
    turns.add(CROWD, new Greedy(CROWD, "b", 3));
    turns.add(CROWD, new Greedy(CROWD, "c", 1));
    channel.runPendingTasks();
    assertEquals(List.of("a", "b", "c", "a", "b", "a", "b"), taken);
  }

  @Test
  void crowdBehindOnePrefixGetsNoMoreThanALoner() {
    for (int i = 0; i < 50; i++) {
      turns.add(CROWD, new Greedy(CROWD, "crowd", 100));
    }
    turns.add(LONER, new Greedy(LONER, "loner", 100));
    while (taken.size() < 200) {
      channel.runPendingTasks();
    }
    assertEquals(100, Collections.frequency(taken.subList(0, 200), "loner"));
  }

  @Test
  void loopLooksAtItsSocketsBetweenRunsOfTurns() {
    turns.add(CROWD, new Greedy(CROWD, "a", 10 * Turns.A_RUN));
    channel.freezeTime();
    channel.eventLoop().execute(() -> taken.add("other"));
    channel.runPendingTasks();
    int other = taken.indexOf("other");
    assertTrue(other >= 0 && other <= Turns.A_RUN, "at " + other);
  }

  @Test
  void nothingIsLeftOfPeersThatHaveHadTheirTurn() {
    for (int round = 0; round < 3; round++) {
      turns.add(CROWD, new Greedy(CROWD, "a", 1));
      turns.add(LONER, new Greedy(LONER, "b", 1));
      channel.runPendingTasks();
    }
    assertEquals(List.of("a", "b", "a", "b", "a", "b"), taken);
  }
}
