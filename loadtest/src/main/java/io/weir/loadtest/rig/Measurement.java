package io.weir.loadtest.rig;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts a run's answers, first unmeasured, then measured, and makes its result. Failures count
 * from the beginning. Confined to the thread of its executor.
 */
public final class Measurement {
  private static final long MAX_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;
  private static final int MAX_REASONS = 10;

  private final Pace pace;
  private final Duration warmUp;
  private final Duration duration;
  private final @Nullable Long serverPid;
  private final ScheduledExecutorService thread;
  private final CompletableFuture<LoadResult> end;
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Histogram latencyMicros = new Histogram(MAX_LATENCY_MICROS, DIGITS);
  private @Nullable ServerUsage before;
  private long measuredFromNanos;
  private long ownCpuFromNanos;
  private long answers;
  private long bytes;
  private long verified;
  private long failed;
  private boolean measuring;
  private boolean ended;

  /**
   * Of one run.
   *
   * @param serverPid whose CPU time is measured, null for nobody's
   * @param thread the run's own
   * @param end completed with the result, or with why there is none
   */
  public Measurement(
      Pace pace,
      Duration warmUp,
      Duration duration,
      @Nullable Long serverPid,
      ScheduledExecutorService thread,
      CompletableFuture<LoadResult> end) {
    this.pace = pace;
    this.warmUp = warmUp;
    this.duration = duration;
    this.serverPid = serverPid;
    this.thread = thread;
    this.end = end;
  }

  /** The first request is about to be sent: the warm-up begins. */
  public void begin() {
    var unused = thread.schedule(this::measure, warmUp.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether what happens now is measured: the warm-up is over and the run is not. */
  public boolean measuring() {
    return measuring && !ended;
  }

  /** Whether the run is over: whatever happens now counts no more. */
  public boolean ended() {
    return ended;
  }

  /**
   * A right and complete answer.
   *
   * @param dueNanos when it was due (open loop) or sent (closed loop)
   * @param nowNanos when its last byte came
   * @param lengthBytes of its body
   * @param compared whether every byte was compared
   */
  public void answered(long dueNanos, long nowNanos, int lengthBytes, boolean compared) {
    if (measuring()) {
      long micros = (nowNanos - dueNanos) / 1_000;
      latencyMicros.recordValue(Math.min(Math.max(micros, 0), MAX_LATENCY_MICROS));
      answers++;
      bytes += lengthBytes;
      verified += compared ? 1 : 0;
    }
  }

  /** An answer or a connection that was not right. */
  public void failed(String reason) {
    if (ended) {
      return;
    }
    failed++;
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  private void measure() {
    try {
      before = usage();
    } catch (IOException e) {
      ended = true;
      end.completeExceptionally(e);
      return;
    }
    measuring = true;
    measuredFromNanos = System.nanoTime();
    ownCpuFromNanos = ownCpuNanos();
    var unused = thread.schedule(this::finish, duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the run before its time, since it cannot go on. */
  public void finish() {
    if (ended) {
      return;
    }
    ended = true;
    double seconds = measuring ? (System.nanoTime() - measuredFromNanos) / 1e9 : 0;
    try {
      ServerUsage now = usage();
      ServerUsage spent = now == null || before == null ? null : now.since(before);
      end.complete(
          new LoadResult(
              pace,
              seconds,
              answers,
              bytes,
              verified,
              List.copyOf(reasons),
              failed,
              latencyMicros,
              spent,
              seconds == 0 ? 0 : (ownCpuNanos() - ownCpuFromNanos) / 1e9 / seconds));
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  /** CPU time of the calling thread, to be taken on the run's own. */
  public static long ownCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private @Nullable ServerUsage usage() throws IOException {
    return serverPid == null ? null : ServerUsage.of(serverPid);
  }
}
