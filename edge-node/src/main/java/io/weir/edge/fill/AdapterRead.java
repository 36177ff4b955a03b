package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.protocol.control.BearerToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One piece on its way from the origin adapter: the request, the body, then the future. Run by the
 * {@link FlightLimit}, which hears of the end exactly once for each run, however the read ends; the
 * buffer is released exactly once unless the future's receiver has it.
 */
final class AdapterRead implements Runnable {
  private static final int OK = 200;

  private final HttpClient http;
  private final BearerToken credential;
  private final ByteBufAllocator allocator;
  private final PieceSource.Wanted wanted;
  private final FlightLimit limit;
  private final CompletableFuture<ByteBuf> result = new CompletableFuture<>();
  private volatile @Nullable FillBuffer buffer;
  private volatile @Nullable CompletableFuture<?> exchange;

  AdapterRead(
      HttpClient http,
      BearerToken credential,
      ByteBufAllocator allocator,
      PieceSource.Wanted wanted,
      FlightLimit limit) {
    this.http = http;
    this.credential = credential;
    this.allocator = allocator;
    this.wanted = wanted;
    this.limit = limit;
  }

  CompletableFuture<ByteBuf> result() {
    return result;
  }

  @Override
  public void run() {
    try {
      int lengthBytes = wanted.metainfo().pieceLengthBytes(wanted.piece());
      FillBuffer created = new FillBuffer(allocator.directBuffer(lengthBytes, lengthBytes));
      buffer = created;
      request(created, lengthBytes);
    } catch (OutOfMemoryError e) {
      ended(new FillException("no memory for the piece", e));
    }
  }

  private void request(FillBuffer into, int lengthBytes) {
    CompletableFuture<HttpResponse<Void>> sent;
    try {
      sent = http.sendAsync(request(), response -> bodyOf(response, into, lengthBytes));
    } catch (RuntimeException e) {
      // A bad address, or a client that is shutting down: whatever it is, the turn must end.
      ended(new FillException("request could not be sent: " + e.getClass().getSimpleName(), e));
      return;
    }
    exchange = sent;
    if (result.isDone()) {
      sent.cancel(true);
    }
    var unused =
        sent.whenComplete(
            (response, failure) -> {
              if (failure == null) {
                arrived(into);
              } else {
                ended(failureOf(failure));
              }
            });
  }

  private HttpRequest request() {
    String address =
        "%s/v1/pieces/%s/%d/%d"
            .formatted(
                wanted.originAdapter(),
                wanted.contentId(),
                wanted.contentVersion(),
                wanted.piece());
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", credential.toHeader())
        .build();
  }

  private static HttpResponse.BodySubscriber<Void> bodyOf(
      HttpResponse.ResponseInfo response, FillBuffer into, int lengthBytes) {
    return response.statusCode() == OK
        ? new PieceBody(into, lengthBytes)
        : new ProblemBody("origin adapter answered " + response.statusCode());
  }

  private void arrived(FillBuffer filled) {
    ByteBuf piece = filled.take();
    if (piece != null && !result.complete(piece)) {
      piece.release();
    }
    limit.ended();
  }

  private static FillException failureOf(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof FillException named) {
        return named;
      }
    }
    return new FillException("origin adapter failed: " + cause.getClass().getSimpleName(), cause);
  }

  private void ended(FillException failure) {
    fail(failure);
    limit.ended();
  }

  /** Gives the piece up, wherever it is; nothing happens where it has already ended. */
  void fail(FillException failure) {
    FillBuffer filling = buffer;
    if (filling != null) {
      filling.giveUp();
    }
    result.completeExceptionally(failure);
    CompletableFuture<?> sent = exchange;
    if (sent != null) {
      sent.cancel(true);
    }
  }

  void giveUpAfter(Duration deadline, ScheduledExecutorService timer) {
    try {
      Future<?> alarm =
          timer.schedule(() -> expire(deadline), deadline.toNanos(), TimeUnit.NANOSECONDS);
      var unused = result.whenComplete((piece, failure) -> alarm.cancel(false));
    } catch (RejectedExecutionException e) {
      expire(Duration.ZERO);
    }
  }

  private void expire(Duration deadline) {
    limit.withdraw(this);
    fail(new FillException("no answer in " + deadline.toMillis() + " ms"));
  }
}
