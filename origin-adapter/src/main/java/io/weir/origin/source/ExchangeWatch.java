package io.weir.origin.source;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cuts an exchange whose blocking call does not come back in time: a socket's own timeout begins
 * anew with every byte, so that an origin which sends one now and then would hold its caller in a
 * header line or a chunk's head for days. Owns one thread, which only cuts. Safe for any thread.
 */
final class ExchangeWatch implements Closeable {
  /** What may block. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "weir-origin-watch");
            thread.setDaemon(true);
            return thread;
          });

  ExchangeWatch() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Runs the call, and the cut if the call is still running after the limit.
   *
   * @throws SocketTimeoutException if it was cut
   */
  <T> T within(Duration limit, Runnable cut, Call<T> call) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> due;
    try {
      due =
          timer.schedule(
              () -> {
                late.set(true);
                cut.run();
              },
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the adapter is closing", e);
    }
    try {
      return call.run();
    } catch (IOException e) {
      if (late.get()) {
        throw cutOff(limit, e);
      }
      throw e;
    } finally {
      due.cancel(false);
    }
  }

  private static IOException cutOff(Duration limit, IOException cause) {
    IOException late =
        new SocketTimeoutException("cut after " + limit.toMillis() + " ms without an end");
    late.initCause(cause);
    return late;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
