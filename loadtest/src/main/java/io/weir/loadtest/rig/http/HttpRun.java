package io.weir.loadtest.rig.http;

import io.netty.channel.IoEventLoop;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Measurement;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.ServerUsage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to free connections and counts answers, first unmeasured, then measured. All of it
 * on the event loop.
 */
final class HttpRun implements HttpConnection.Listener {
  private static final long MAX_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;
  private static final int MAX_REASONS = 10;

  /** Between looks at what is due in an open loop. */
  private static final long TICK_MICROS = 200;

  private final HttpLoadPlan plan;
  private final Pace pace;
  private final IoEventLoop loop;
  private final CompletableFuture<LoadResult> end;
  private final Deque<HttpConnection> free = new ArrayDeque<>();
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Histogram latencyMicros = new Histogram(MAX_LATENCY_MICROS, DIGITS);
  private @Nullable ServerUsage before;
  private long ownCpuNanosBefore;
  private long startNanos;
  private long measuredFromNanos;
  private long sent;
  private long sinceMeasured;
  private long answers;
  private long bytes;
  private long verified;
  private long failed;
  private boolean measuring;
  private boolean ended;

  HttpRun(HttpLoadPlan plan, IoEventLoop loop, CompletableFuture<LoadResult> end) {
    this.plan = plan;
    this.pace = plan.demand().pace();
    this.loop = loop;
    this.end = end;
  }

  void start() {
    startNanos = System.nanoTime();
    if (pace instanceof Pace.Open) {
      var unused = loop.scheduleAtFixedRate(this::dispatch, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    }
    var unused = loop.schedule(this::measure, plan.warmUp().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void measure() {
    try {
      before = usage();
    } catch (IOException e) {
      ended = true;
      end.completeExceptionally(e);
      return;
    }
    ownCpuNanosBefore = Measurement.ownCpuNanos();
    measuring = true;
    // However short the measured part is, its first answer is compared.
    sinceMeasured = 0;
    measuredFromNanos = System.nanoTime();
    var unused = loop.schedule(this::finish, plan.duration().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void finish() {
    ended = true;
    long nanos = System.nanoTime() - measuredFromNanos;
    try {
      ServerUsage now = usage();
      ServerUsage spent = now == null || before == null ? null : now.since(before);
      end.complete(
          new LoadResult(
              pace,
              nanos / 1e9,
              answers,
              bytes,
              verified,
              List.copyOf(reasons),
              failed,
              latencyMicros,
              spent,
              (double) (Measurement.ownCpuNanos() - ownCpuNanosBefore) / nanos));
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private @Nullable ServerUsage usage() throws IOException {
    return plan.serverPid() == null ? null : ServerUsage.of(plan.serverPid());
  }

  private void dispatch() {
    long now = System.nanoTime();
    while (!ended && !free.isEmpty()) {
      long due = now;
      if (pace instanceof Pace.Open open) {
        due = startNanos + open.dueNanos(sent);
        if (due > now) {
          return;
        }
      }
      free.remove().send(due, sinceMeasured % HttpLoadPlan.VERIFY_EVERY == 0);
      sent++;
      sinceMeasured++;
    }
  }

  @Override
  public void onReady(HttpConnection connection) {
    free.add(connection);
    dispatch();
  }

  @Override
  public void onAnswer(HttpConnection connection, long dueNanos, int length, boolean compared) {
    if (measuring && !ended) {
      long micros = (System.nanoTime() - dueNanos) / 1_000;
      latencyMicros.recordValue(Math.min(Math.max(micros, 0), MAX_LATENCY_MICROS));
      answers++;
      bytes += length;
      verified += compared ? 1 : 0;
    }
    free.add(connection);
    dispatch();
  }

  @Override
  public void onFailure(String reason) {
    if (ended) {
      return;
    }
    failed++;
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }
}
