package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DiskGateTest {
  private long freeBytes = Long.MAX_VALUE;
  private long nowNanos;
  private final DiskGate gate = new DiskGate(() -> freeBytes, () -> nowNanos);

  @Test
  void takesPiecesAsLongAsTheReserveIsFree() {
    freeBytes = DiskGate.RESERVE_BYTES;
    assertTrue(gate.admits());
    assertNull(gate.reason());
    freeBytes--;
    assertFalse(gate.admits());
    assertEquals("less than 256 MiB of disk space are free", gate.reason());
  }

  @Test
  void opensWithSomeMoreThanTheReserveOnceAWriteIsAccepted() {
    freeBytes = 0;
    assertFalse(gate.admits());
    freeBytes = DiskGate.RESUME_BYTES - 1;
    assertFalse(gate.worthATry());
    freeBytes++;
    assertTrue(gate.worthATry());
    assertFalse(gate.admits());
    gate.open();
    assertTrue(gate.admits());
    assertFalse(gate.worthATry());
  }

  @Test
  void refusedWritesAreTriedAgainAfterPausesThatDouble() {
    Duration pause = DiskGate.FIRST_PAUSE;
    for (int refusal = 0; refusal < 10; refusal++) {
      gate.refused();
      assertNotNull(gate.reason());
      nowNanos += pause.toNanos() - 1;
      assertFalse(gate.worthATry(), "refusal " + refusal);
      nowNanos++;
      assertTrue(gate.worthATry(), "refusal " + refusal);
      gate.open();
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(DiskGate.LAST_PAUSE) < 0 ? pause : DiskGate.LAST_PAUSE;
    }
    gate.stored();
    gate.refused();
    nowNanos += DiskGate.FIRST_PAUSE.toNanos();
    assertTrue(gate.worthATry());
  }
}
