package io.weir.edge.fill;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response's body straight into the piece's buffer. A body that is shorter or longer than
 * the piece fails; nothing is ever written outside the buffer.
 */
final class PieceBody implements HttpResponse.BodySubscriber<Void> {
  private final FillBuffer buffer;
  private final int lengthBytes;
  private final CompletableFuture<Void> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private int received;

  /** Borrows the buffer, which has the piece's length. */
  PieceBody(FillBuffer buffer, int lengthBytes) {
    this.buffer = buffer;
    this.lengthBytes = lengthBytes;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      if (body.isDone()) {
        return;
      }
      int length = item.remaining();
      if (length > lengthBytes - received) {
        fail(new FillException("body is longer than the piece"));
      } else if (!buffer.write(received, item)) {
        fail(new FillException("given up"));
      } else {
        received += length;
      }
    }
  }

  private void fail(FillException cause) {
    body.completeExceptionally(cause);
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable cause) {
    body.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    if (received == lengthBytes) {
      body.complete(null);
    } else {
      body.completeExceptionally(
          new FillException("body has " + received + " bytes of the piece's " + lengthBytes));
    }
  }
}
