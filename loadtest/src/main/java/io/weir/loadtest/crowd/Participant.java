package io.weir.loadtest.crowd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One downloader as the crowd sees it: it ends with the right hash, with a fault, or given up.
 * {@link #watch} is for one thread, the rest for any.
 */
final class Participant {
  /** How long a participant may receive nothing. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Downloader downloader;
  private final String expectedSha256;
  private final long startNanos;
  private final LongSupplier nanoTime;
  private final StallDetector stall;
  private final CompletableFuture<ParticipantResult> result;

  Participant(
      Downloader downloader, String expectedSha256, long startNanos, LongSupplier nanoTime) {
    this.downloader = downloader;
    this.expectedSha256 = expectedSha256;
    this.startNanos = startNanos;
    this.nanoTime = nanoTime;
    stall = new StallDetector(PATIENCE, startNanos);
    result = downloader.sha256().handle(this::end);
  }

  Downloader downloader() {
    return downloader;
  }

  /** How it ended; never fails. */
  CompletableFuture<ParticipantResult> result() {
    return result;
  }

  /** Gives it up if it has been receiving nothing for too long. */
  void watch() {
    if (stall.isStalled(downloader.receivedBytes(), nanoTime.getAsLong())
        && downloader.isReceiving()) {
      giveUp("received nothing for " + PATIENCE.toSeconds() + " s");
    }
  }

  /** Ends it with a failure, unless it has ended. */
  void giveUp(String why) {
    if (downloader
        .sha256()
        .completeExceptionally(new CrowdException(why + "; " + downloader.summary()))) {
      downloader.abandon();
    }
  }

  private ParticipantResult end(@Nullable String sha256, @Nullable Throwable failure) {
    boolean right = expectedSha256.equals(sha256);
    return new ParticipantResult(
        downloader.kind(),
        downloader.receivedBytes(),
        right,
        (nanoTime.getAsLong() - startNanos) / 1e9,
        right ? null : failure == null ? "SHA-256 is " + sha256 : text(failure));
  }

  private static String text(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause.getMessage();
    return cause instanceof CrowdException && message != null ? message : cause.toString();
  }
}
