package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestPipelineTest {
  private final RequestPipeline pipeline = new RequestPipeline(4);

  @Test
  void neverHoldsMoreThanItsLimit() {
    fill(4);

    assertEquals(0, pipeline.room());
    assertThrows(IllegalStateException.class, () -> pipeline.add(block(9), 0));
  }

  @Test
  void hasRoomOnlyWhenAQuarterHasDrained() {
    RequestPipeline wide = new RequestPipeline(8);
    for (int i = 0; i < 8; i++) {
      wide.add(block(i), 0);
    }

    wide.onAnswer(block(0), 0);
    assertEquals(0, wide.room());
    wide.onAnswer(block(1), 0);
    assertEquals(2, wide.room());
  }

  @Test
  void anAnswerCountsOnce() {
    fill(1);

    assertTrue(pipeline.onAnswer(block(0), 0));
    assertFalse(pipeline.onAnswer(block(0), 0));
    assertFalse(pipeline.onAnswer(block(7), 0));
    assertTrue(pipeline.isEmpty());
  }

  @Test
  void drainingReturnsWhatIsOwedOldestFirst() {
    fill(3);
    pipeline.onAnswer(block(1), 0);

    assertEquals(List.of(block(0), block(2)), pipeline.drain());
    assertTrue(pipeline.isEmpty());
  }

  @Test
  void stallsWhenNothingOwedIsAnsweredForLong() {
    assertFalse(pipeline.isStalled(1_000, 100));
    pipeline.add(block(0), 1_000);
    pipeline.add(block(1), 1_050);

    assertFalse(pipeline.isStalled(1_099, 100));
    assertTrue(pipeline.isStalled(1_100, 100));
    pipeline.onAnswer(block(0), 1_100);
    assertFalse(pipeline.isStalled(1_199, 100));
    assertTrue(pipeline.isStalled(1_200, 100));
  }

  private void fill(int blocks) {
    for (int i = 0; i < blocks; i++) {
      pipeline.add(block(i), 0);
    }
  }

  private static BlockRequest block(int index) {
    return new BlockRequest(index, 0, 16_384);
  }
}
