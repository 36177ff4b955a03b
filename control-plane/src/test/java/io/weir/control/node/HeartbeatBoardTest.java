package io.weir.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.ManualClock;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Heartbeat.Holding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatBoardTest {
  private final ManualClock clock = new ManualClock();
  private final HeartbeatBoard board = new HeartbeatBoard(clock);

  @Test
  void nodeIsUpForThreeIntervalsAfterItsHeartbeat() {
    assertFalse(board.isUp("a"));
    board.record("a", new Heartbeat(1, 0, List.of()), holding -> true);
    clock.advance(HeartbeatBoard.INTERVAL.multipliedBy(3));
    assertTrue(board.isUp("a"));
    clock.advance(Duration.ofMillis(1));
    assertFalse(board.isUp("a"));
  }

  @Test
  void holdingsCountForTheirVersionOnly() {
    board.record("a", heartbeat(new Holding("film", 2, 5, 9)), holding -> true);
    assertEquals(5, board.piecesHeld("a", "film", 2));
    assertEquals(0, board.piecesHeld("a", "film", 3));
    assertEquals(0, board.piecesHeld("a", "other", 2));
    assertEquals(0, board.piecesHeld("b", "film", 2));
  }

  @Test
  void holdingsThatAreNotCurrentAreNotKept() {
    board.record(
        "a",
        heartbeat(new Holding("old", 1, 5, 9), new Holding("film", 2, 5, 9)),
        holding -> holding.contentId().equals("film"));
    assertEquals(1, board.last("a").orElseThrow().holdings().size());
  }

  @Test
  void laterHeartbeatReplacesTheOneBefore() {
    board.record("a", heartbeat(new Holding("film", 2, 5, 9)), holding -> true);
    board.record("a", heartbeat(), holding -> true);
    assertEquals(0, board.piecesHeld("a", "film", 2));
  }

  private static Heartbeat heartbeat(Holding... holdings) {
    return new Heartbeat(1, 0, List.of(holdings));
  }
}
