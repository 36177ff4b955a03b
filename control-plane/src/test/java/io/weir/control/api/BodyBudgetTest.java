package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  @Test
  void whatFindsTooLittleLeftTakesNothing() {
    BodyBudget budget = new BodyBudget(100);
    assertTrue(budget.take(60));
    assertFalse(budget.take(41));
    assertTrue(budget.take(40));
    assertFalse(budget.take(1));
    assertTrue(budget.take(0));
    budget.give(60);
    assertEquals(60, budget.left());
    assertTrue(budget.take(60));
  }

  @Test
  void twoOfTheLongestBodiesFitAtOnce() {
    BodyBudget budget = new BodyBudget(BodyBudget.DEFAULT_BYTES);
    assertTrue(budget.take(PublishBody.MAX_BYTES));
    assertTrue(budget.take(PublishBody.MAX_BYTES));
    assertFalse(budget.take(1));
  }
}
