package io.weir.control.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
  @Test
  void delayDoublesUpToTheLongest() {
    assertEquals(RetryDelay.FIRST, RetryDelay.after(1));
    assertEquals(RetryDelay.FIRST.multipliedBy(2), RetryDelay.after(2));
    assertEquals(RetryDelay.FIRST.multipliedBy(64), RetryDelay.after(7));
    assertEquals(Duration.ofHours(1), RetryDelay.after(9));
    assertEquals(Duration.ofHours(1), RetryDelay.after(Integer.MAX_VALUE));
  }
}
