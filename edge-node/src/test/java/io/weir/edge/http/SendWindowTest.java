package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SendWindowTest {
  private static final int FIRST = 64 * 1024;
  private static final int MOST = 4 << 20;

  private final SendWindow window = new SendWindow(new SendBufferLimits(FIRST, MOST, 1L << 30));
  private long nowNanos = Long.MAX_VALUE - 1_000; // the clock may wrap at any time

  @Test
  void bufferThatIsDrainedQuicklyIsDoubledUpToTheMost() {
    window.onFull(nowNanos);
    for (int expected = 2 * FIRST; expected <= MOST; expected *= 2) {
      assertEquals(expected, drainIn(SendWindow.QUICK_NANOS));
    }
    assertEquals(MOST, drainIn(1));
  }

  @Test
  void bufferOfAClientThatReadsSlowlyStaysAsItIs() {
    window.onFull(nowNanos);
    assertEquals(FIRST, drainIn(SendWindow.QUICK_NANOS + 1));
    assertEquals(FIRST, drainIn(100 * SendWindow.SLOW_NANOS));
  }

  @Test
  void clientThatBecomesSlowIsBackAtItsFirst() {
    window.onFull(nowNanos);
    drainIn(1);
    assertEquals(4 * FIRST, drainIn(1));
    assertEquals(4 * FIRST, drainIn(SendWindow.SLOW_NANOS - 1));
    assertEquals(FIRST, drainIn(SendWindow.SLOW_NANOS));
  }

  /** A buffer that is doubled takes as much again at once, whoever reads. */
  @Test
  void roomThatWasGainedIsNotTakenForSpeed() {
    window.onFull(nowNanos);
    assertEquals(2 * FIRST, window.onTaken(FIRST, nowNanos));
    window.onResized(2 * FIRST);
    assertEquals(2 * FIRST, window.onTaken(8 * FIRST, nowNanos));
    window.onFull(nowNanos);
    assertEquals(2 * FIRST, window.onTaken(2 * FIRST, nowNanos + SendWindow.SLOW_NANOS - 1));
  }

  /** A crowd of small answers needs no more buffer, however quick. */
  @Test
  void bufferThatWasNeverFullDoesNotGrow() {
    for (int i = 0; i < 100; i++) {
      assertEquals(FIRST, window.onTaken(FIRST, nowNanos));
    }
  }

  @Test
  void timeBetweenAnswersIsNotTheClients() {
    window.onFull(nowNanos);
    window.onTaken(FIRST - 1, nowNanos);
    window.onAllSent();
    nowNanos += 100 * SendWindow.SLOW_NANOS;
    assertEquals(FIRST, window.onTaken(FIRST, nowNanos));
    window.onFull(nowNanos);
    assertEquals(2 * FIRST, drainIn(1));
  }

  @Test
  void worthOfABufferCountsHoweverItIsTaken() {
    window.onFull(nowNanos);
    for (int i = 0; i < 63; i++) {
      assertEquals(FIRST, window.onTaken(1024, nowNanos));
      window.onFull(nowNanos);
    }
    assertEquals(2 * FIRST, window.onTaken(1024, nowNanos));
  }

  /** Takes a buffer's worth after this time, and resizes as it is told. */
  private int drainIn(long nanos) {
    nowNanos += nanos;
    int wanted = window.onTaken(window.bytes(), nowNanos);
    if (wanted != window.bytes()) {
      window.onResized(wanted);
      window.onFull(nowNanos);
    }
    return wanted;
  }
}
