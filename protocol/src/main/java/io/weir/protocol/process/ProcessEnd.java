package io.weir.protocol.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an interrupt of the thread that opened this: whatever it waits for
 * throws {@link InterruptedException}, it closes what it opened, this last, and the process ends
 * with status 0. One that does not close in time ends with status 1 all the same: what is on disk
 * survives that.
 *
 * <p>Open it before anything else, so that a signal during the start is honoured too.
 */
public final class ProcessEnd implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread opener = Thread.currentThread();
  private final Duration deadline;
  private final Thread hook = new Thread(this::onSignal, "process-end");

  private ProcessEnd(Duration deadline) {
    this.deadline = deadline;
  }

  /** Listens from now on. */
  public static ProcessEnd onSigterm(Duration deadline) {
    ProcessEnd end = new ProcessEnd(deadline);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** Waits until the process is told to end, which is the only way that this ends. */
  public void await() throws InterruptedException {
    closed.await();
  }

  private void onSignal() {
    opener.interrupt();
    boolean inTime = false;
    try {
      inTime = closed.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Without this the JVM would report the signal as its status, as if it had been killed.
    Runtime.getRuntime().halt(inTime ? 0 : 1);
  }

  /** Everything is closed. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came: the hook is waiting for the line above, and ends the process.
    }
  }
}
