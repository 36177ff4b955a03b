package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UploadQueueTest {
  private final UploadQueue queue = new UploadQueue();

  @Test
  void refusesWhatIsMoreThanItsBound() {
    for (int i = 0; i < UploadQueue.MAX_REQUESTS; i++) {
      assertTrue(queue.offer(block(i, 10)));
    }

    assertFalse(queue.offer(block(-1, 10)));
  }

  @Test
  void batchesTheOldestThatFit() {
    queue.offer(block(0, 10));
    queue.offer(block(1, 10));
    queue.offer(block(2, 10));

    assertEquals(List.of(block(0, 10), block(1, 10)), queue.nextBatch(25));
    assertEquals(List.of(block(2, 10)), queue.nextBatch(25));
    assertTrue(queue.isEmpty());
  }

  @Test
  void aBlockLongerThanABatchLeavesAlone() {
    queue.offer(block(0, 30));
    queue.offer(block(1, 1));

    assertEquals(List.of(block(0, 30)), queue.nextBatch(25));
  }

  @Test
  void aCancelledRequestLeavesNoMore() {
    queue.offer(block(0, 10));

    assertTrue(queue.cancel(block(0, 10)));
    assertFalse(queue.cancel(block(0, 10)));
    assertTrue(queue.isEmpty());
  }

  private static BlockRequest block(int piece, int lengthBytes) {
    return new BlockRequest(piece, 0, lengthBytes);
  }
}
