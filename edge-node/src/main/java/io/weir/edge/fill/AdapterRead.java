package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.metainfo.FileSlice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One piece on its way from the origin adapter: its slices one after the other, then the future.
 * Run by the {@link FlightLimit}, which hears of the end exactly once for each run, however the
 * read ends; the buffer is released exactly once unless the future's receiver has it.
 */
final class AdapterRead implements Runnable {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  private final HttpClient http;
  private final BearerToken credential;
  private final ByteBufAllocator allocator;
  private final PieceSource.Wanted wanted;
  private final FlightLimit limit;
  private final Iterator<FileSlice> slices;
  private final CompletableFuture<ByteBuf> result = new CompletableFuture<>();
  private int nextOffset;
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
    this.slices = wanted.metainfo().slices(wanted.piece()).iterator();
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
      nextSlice(created);
    } catch (OutOfMemoryError e) {
      ended(new FillException("no memory for the piece", e));
    }
  }

  private void nextSlice(FillBuffer into) {
    while (slices.hasNext() && !result.isDone()) {
      FileSlice slice = slices.next();
      int pieceOffset = nextOffset;
      nextOffset += slice.lengthBytes();
      if (!slice.file().padding()) {
        request(slice, into, pieceOffset);
        return;
      }
      into.zero(pieceOffset, slice.lengthBytes());
    }
    ByteBuf piece = into.take();
    if (piece != null && !result.complete(piece)) {
      piece.release();
    }
    limit.ended();
  }

  private void request(FileSlice slice, FillBuffer into, int pieceOffset) {
    CompletableFuture<HttpResponse<Void>> sent;
    try {
      sent =
          http.sendAsync(requestFor(slice), response -> bodyOf(response, slice, into, pieceOffset));
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
                nextSlice(into);
              } else {
                ended(failureOf(failure));
              }
            });
  }

  private HttpRequest requestFor(FileSlice slice) {
    String address =
        "%s/v1/fill/%s/%d/%d"
            .formatted(
                wanted.originAdapter(),
                wanted.contentId(),
                wanted.contentVersion(),
                slice.file().index());
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", credential.toHeader())
        .header("Range", "bytes=" + firstToLast(slice))
        .build();
  }

  private static HttpResponse.BodySubscriber<Void> bodyOf(
      HttpResponse.ResponseInfo response, FileSlice slice, FillBuffer into, int pieceOffset) {
    int status = response.statusCode();
    String range = response.headers().firstValue("Content-Range").orElse("");
    boolean asAsked =
        status == PARTIAL_CONTENT && range.startsWith("bytes " + firstToLast(slice) + "/");
    boolean wholeFile = status == OK && slice.lengthBytes() == slice.file().lengthBytes();
    if (asAsked || wholeFile) {
      return new SliceBody(into, pieceOffset, slice.lengthBytes());
    }
    return new ProblemBody(
        "origin adapter answered "
            + status
            + (status == PARTIAL_CONTENT ? " with another range" : ""));
  }

  private static String firstToLast(FileSlice slice) {
    long first = slice.offsetBytes();
    return first + "-" + (first + slice.lengthBytes() - 1);
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
