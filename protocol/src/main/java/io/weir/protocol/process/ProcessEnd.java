package io.weir.protocol.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a process is told to end: SIGTERM or SIGINT, or the end of its parent's pipe. The first time
 * asks for an orderly end, the second for one that waits for nobody. Whoever opened this closes
 * what it runs and then this; a process that has not come so far by the deadline is halted with
 * status {@link ProcessCommand#FAILED}: what is on disk survives that.
 *
 * <p>Open it before anything that is to be closed, so that a signal during the start is honoured
 * too. Any thread.
 */
public final class ProcessEnd implements AutoCloseable {
  /** Signals so close together are one: {@code timeout} sends its own twice. */
  private static final long ONE_SIGNAL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final Duration deadline;
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private final CompletableFuture<Void> toldAgain = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<SignalTrap> traps;
  private volatile long toldAtNanos;
  private @Nullable Thread interruptible;

  private ProcessEnd(Duration deadline) {
    this.deadline = deadline;
    this.traps = List.of(SignalTrap.set("TERM", this::tell), SignalTrap.set("INT", this::tell));
  }

  /**
   * Listens from now on.
   *
   * @param deadline from the first signal to {@link #close}
   */
  public static ProcessEnd onSignals(Duration deadline) {
    return new ProcessEnd(deadline);
  }

  /**
   * Work that can be broken off anywhere.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Interruptible<T> {
    /** Does it on the calling thread. */
    T run() throws IOException, InterruptedException;
  }

  /** Counts the stream's end as the first signal, reading and dropping what comes before it. */
  public void tellAtEndOf(InputStream stream) {
    Thread reader =
        new Thread(
            () -> {
              try {
                stream.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // A pipe that cannot be read has ended.
              }
              // Never as the second: a parent may signal and let go of the pipe.
              tellFirst();
            },
            "parent-pipe");
    reader.setDaemon(true);
    reader.start();
  }

  /** Runs work until it is done, or the process is told to end, which interrupts it: then empty. */
  public <T> Optional<T> untilTold(Interruptible<T> work) throws IOException {
    synchronized (this) {
      if (told.isDone()) {
        return Optional.empty();
      }
      interruptible = Thread.currentThread();
    }
    try {
      return Optional.of(work.run());
    } catch (InterruptedException e) {
      return Optional.empty();
    } finally {
      synchronized (this) {
        interruptible = null;
        // The interrupt was for the work, which is over.
        boolean unused = Thread.interrupted();
      }
    }
  }

  /** Waits until the process is told to end. */
  public void await() throws InterruptedException {
    try {
      told.get();
    } catch (ExecutionException e) {
      throw new AssertionError("never fails", e);
    }
  }

  /**
   * Waits until the work is done, the grace is over or the process is told again.
   *
   * @return whether the work is done
   */
  public boolean awaitWithin(Duration grace, CompletableFuture<?> work)
      throws InterruptedException {
    try {
      var unused =
          CompletableFuture.anyOf(work, toldAgain).get(grace.toNanos(), TimeUnit.NANOSECONDS);
      return work.isDone();
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("work does not fail", e);
    }
  }

  private void tell() {
    if (!tellFirst() && System.nanoTime() - toldAtNanos > ONE_SIGNAL_NANOS) {
      toldAgain.complete(null);
    }
  }

  private boolean tellFirst() {
    synchronized (this) {
      if (told.isDone()) {
        return false;
      }
      toldAtNanos = System.nanoTime();
      told.complete(null);
      if (interruptible != null) {
        interruptible.interrupt();
      }
    }
    Thread watch = new Thread(this::haltAtDeadline, "process-end");
    watch.setDaemon(true);
    watch.start();
    return true;
  }

  private void haltAtDeadline() {
    try {
      if (!closed.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        Runtime.getRuntime().halt(ProcessCommand.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed: from now on a signal ends the process as it would any. */
  @Override
  public void close() {
    closed.countDown();
    traps.forEach(SignalTrap::close);
  }
}
