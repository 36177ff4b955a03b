package io.weir.edge.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlightLimitTest {
  private final FlightLimit limit = new FlightLimit(2, 100, 2);
  private final List<String> ran = new ArrayList<>();

  @Test
  void soManyRunTheNextWaitInOrderTheRestAreRefused() {
    assertTrue(limit.start(() -> ran.add("a"), 10));
    assertTrue(limit.start(() -> ran.add("b"), 10));
    assertTrue(limit.start(() -> ran.add("c"), 10));
    assertTrue(limit.start(() -> ran.add("d"), 10));
    assertFalse(limit.start(() -> ran.add("e"), 10));
    assertEquals(List.of("a", "b"), ran);
    limit.ended(10);
    limit.ended(10);
    assertEquals(List.of("a", "b", "c", "d"), ran);
    limit.ended(10);
    limit.ended(10);
    assertTrue(limit.start(() -> ran.add("f"), 10));
    assertEquals("f", ran.get(4));
  }

  @Test
  void withdrawnTaskNeverRuns() {
    Runnable withdrawn = () -> ran.add("never");
    limit.start(() -> ran.add("a"), 10);
    limit.start(() -> ran.add("b"), 10);
    limit.start(withdrawn, 10);
    assertTrue(limit.withdraw(withdrawn));
    assertFalse(limit.withdraw(withdrawn));
    limit.ended(10);
    assertEquals(List.of("a", "b"), ran);
  }

  @Test
  void bytesAreBoundedAndOneOfMoreFliesAlone() {
    limit.start(() -> ran.add("a"), 60);
    limit.start(() -> ran.add("b"), 50);
    limit.start(() -> ran.add("c"), 40);
    assertEquals(List.of("a"), ran);
    limit.ended(60);
    assertEquals(List.of("a", "b", "c"), ran);
    limit.start(() -> ran.add("large"), 1000);
    limit.ended(50);
    assertEquals(3, ran.size());
    limit.ended(40);
    assertEquals("large", ran.get(3));
    limit.start(() -> ran.add("d"), 1);
    assertEquals(4, ran.size());
    limit.ended(1000);
    assertEquals("d", ran.get(4));
  }

  @Test
  void whatWaitedBehindAWithdrawnTaskTakesItsPlace() {
    Runnable large = () -> ran.add("never");
    limit.start(() -> ran.add("a"), 60);
    limit.start(large, 90);
    limit.start(() -> ran.add("b"), 40);
    limit.withdraw(large);
    assertEquals(List.of("a", "b"), ran);
  }
}
