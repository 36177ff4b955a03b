package io.weir.edge.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlightLimitTest {
  private final FlightLimit limit = new FlightLimit(2, 2);
  private final List<String> ran = new ArrayList<>();

  @Test
  void soManyRunTheNextWaitInOrderTheRestAreRefused() {
    assertTrue(limit.start(() -> ran.add("a")));
    assertTrue(limit.start(() -> ran.add("b")));
    assertTrue(limit.start(() -> ran.add("c")));
    assertTrue(limit.start(() -> ran.add("d")));
    assertFalse(limit.start(() -> ran.add("e")));
    assertEquals(List.of("a", "b"), ran);
    limit.ended();
    limit.ended();
    assertEquals(List.of("a", "b", "c", "d"), ran);
    limit.ended();
    limit.ended();
    assertTrue(limit.start(() -> ran.add("f")));
    assertEquals("f", ran.get(4));
  }

  @Test
  void withdrawnTaskNeverRuns() {
    Runnable withdrawn = () -> ran.add("never");
    limit.start(() -> ran.add("a"));
    limit.start(() -> ran.add("b"));
    limit.start(withdrawn);
    assertTrue(limit.withdraw(withdrawn));
    assertFalse(limit.withdraw(withdrawn));
    limit.ended();
    assertEquals(List.of("a", "b"), ran);
  }
}
