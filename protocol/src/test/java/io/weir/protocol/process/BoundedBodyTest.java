package io.weir.protocol.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private boolean cancelled;
  private final BoundedBody body = new BoundedBody(4);

  @Test
  void bodyOfTheBoundIsTaken() {
    receive(3, 1);
    body.onComplete();
    assertArrayEquals(new byte[4], body.getBody().toCompletableFuture().join());
    assertFalse(cancelled);
  }

  @Test
  void bodyBeyondTheBoundFailsAndCancelsTheResponse() {
    receive(3, 2);
    assertTrue(cancelled);
    assertThrows(CompletionException.class, () -> body.getBody().toCompletableFuture().join());
  }

  private void receive(int... lengths) {
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
    for (int length : lengths) {
      body.onNext(List.of(ByteBuffer.allocate(length)));
    }
  }
}
