package io.weir.loadtest.rig.http;

import io.netty.channel.EventLoop;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.ServerUsage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to free connections and counts answers, first unmeasured, then measured. All but
 * {@link #add} on the event loop.
 */
final class HttpRun implements HttpConnection.Listener {
  private static final long MAX_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;
  private static final int MAX_REASONS = 10;

  /** Between looks at what is due in an open loop. */
  private static final long TICK_MICROS = 200;

  private final HttpLoadPlan plan;
  private final EventLoop loop;
  private final CompletableFuture<LoadResult> end;
  private final List<HttpConnection> connections = new ArrayList<>();
  private final Deque<HttpConnection> free = new ArrayDeque<>();
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Histogram latencyMicros = new Histogram(MAX_LATENCY_MICROS, DIGITS);
  private @Nullable ServerUsage before;
  private long startNanos;
  private long measuredFromNanos;
  private long sent;
  private long answers;
  private long verified;
  private long failed;
  private boolean measuring;
  private boolean ended;

  HttpRun(HttpLoadPlan plan, EventLoop loop, CompletableFuture<LoadResult> end) {
    this.plan = plan;
    this.loop = loop;
    this.end = end;
  }

  /** Before the start only. */
  void add(HttpConnection connection) {
    connections.add(connection);
  }

  void start() {
    startNanos = System.nanoTime();
    free.addAll(connections);
    if (plan.pace() instanceof Pace.Open) {
      var unused = loop.scheduleAtFixedRate(this::dispatch, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    } else {
      dispatch();
    }
    var unused = loop.schedule(this::measure, plan.warmUp().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void measure() {
    try {
      before = usage();
    } catch (IOException e) {
      end.completeExceptionally(e);
      return;
    }
    measuring = true;
    measuredFromNanos = System.nanoTime();
    var unused = loop.schedule(this::finish, plan.duration().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void finish() {
    if (ended) {
      return;
    }
    ended = true;
    double seconds = (System.nanoTime() - measuredFromNanos) / 1e9;
    try {
      ServerUsage now = usage();
      ServerUsage spent = now == null || before == null ? null : now.since(before);
      end.complete(
          new LoadResult(
              plan.pace(),
              seconds,
              answers,
              answers * plan.rangeBytes(),
              verified,
              List.copyOf(reasons),
              failed,
              latencyMicros,
              spent));
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
    connections.forEach(HttpConnection::close);
  }

  private @Nullable ServerUsage usage() throws IOException {
    return plan.serverPid() == null ? null : ServerUsage.of(plan.serverPid());
  }

  private void dispatch() {
    long now = System.nanoTime();
    while (!ended && !free.isEmpty()) {
      long due = now;
      if (plan.pace() instanceof Pace.Open open) {
        due = startNanos + open.dueNanos(sent);
        if (due > now) {
          return;
        }
      }
      free.remove().send(due, sent % HttpLoadPlan.VERIFY_EVERY == 0);
      sent++;
    }
  }

  @Override
  public void onAnswer(HttpConnection connection, long dueNanos, boolean compared) {
    if (measuring && !ended) {
      long micros = (System.nanoTime() - dueNanos) / 1_000;
      latencyMicros.recordValue(Math.min(Math.max(micros, 0), MAX_LATENCY_MICROS));
      answers++;
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
