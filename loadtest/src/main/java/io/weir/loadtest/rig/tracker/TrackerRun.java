package io.weir.loadtest.rig.tracker;

import io.netty.channel.EventLoop;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Measurement;
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
 * Has free announcers announce and counts answers, first unmeasured, then measured. The next
 * announces are those of the source that has been free longest, so that all take turns. Its event
 * loop only.
 */
final class TrackerRun {
  private static final long MAX_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final int DIGITS = 3;
  private static final int MAX_REASONS = 10;

  /** Between looks at what is due in an open loop. */
  private static final long TICK_MICROS = 200;

  private static final long PATIENCE_MILLIS = 1_000;

  private final TrackerPlan plan;
  private final EventLoop loop;
  private final CompletableFuture<TrackerResult> end;
  private final List<Announcer> announcers = new ArrayList<>();
  private final Deque<Announcer> free = new ArrayDeque<>();
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Histogram latencyMicros = new Histogram(MAX_LATENCY_MICROS, DIGITS);
  private @Nullable ServerUsage before;
  private long startNanos;
  private long measuredFromNanos;
  private long ownCpuFromNanos;
  private long sent;
  private long ended;
  private long answers;
  private long bytes;
  private long peers;
  private long verified;
  private long lost;
  private long failed;
  private boolean measuring;
  private boolean over;
  private boolean dispatching;

  TrackerRun(TrackerPlan plan, EventLoop loop, CompletableFuture<TrackerResult> end) {
    this.plan = plan;
    this.loop = loop;
    this.end = end;
  }

  /** All announcers, ready. */
  void start(List<Announcer> ready) {
    announcers.addAll(ready);
    free.addAll(ready);
    startNanos = System.nanoTime();
    if (plan.pace() instanceof Pace.Open) {
      var unused = loop.scheduleAtFixedRate(this::dispatch, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    }
    schedule(this::giveUp, PATIENCE_MILLIS / 4);
    schedule(this::measure, plan.warmUp().toMillis());
    dispatch();
  }

  /** When the announce of this number, from 0, is or was due. */
  long dueNanos(long number) {
    return plan.pace() instanceof Pace.Open open
        ? startNanos + open.dueNanos(number)
        : System.nanoTime();
  }

  /** Whether the next answer is to be looked at whole. */
  boolean verifiesNext() {
    return answers % TrackerPlan.VERIFY_EVERY == 0;
  }

  void onAnswer(long dueNanos, int answerBytes, int peersNamed, boolean looked) {
    ended++;
    if (measuring) {
      long micros = (System.nanoTime() - dueNanos) / 1_000;
      latencyMicros.recordValue(Math.min(Math.max(micros, 0), MAX_LATENCY_MICROS));
      answers++;
      bytes += answerBytes;
      peers += peersNamed;
      verified += looked ? 1 : 0;
    }
  }

  /** So many announces were never answered. */
  void onLost(int count) {
    ended += count;
    lost += measuring ? count : 0;
  }

  /** An announce was answered wrongly or could not be sent. */
  void onFailure(String reason) {
    ended++;
    failed++;
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  /** All that it had sent has ended. */
  void onFree(Announcer announcer) {
    free.add(announcer);
    dispatch();
  }

  private void dispatch() {
    // What is sent may end at once, and come back here: the loop below goes on with it.
    if (dispatching) {
      return;
    }
    dispatching = true;
    while (!over && !free.isEmpty()) {
      int count = countNow();
      if (count == 0) {
        break;
      }
      long first = sent;
      sent += count;
      free.remove().announce(count, first);
    }
    dispatching = false;
  }

  private int countNow() {
    if (plan.pace() instanceof Pace.Open) {
      long now = System.nanoTime();
      int count = 0;
      while (count < plan.burst() && dueNanos(sent + count) <= now) {
        count++;
      }
      return count;
    }
    return sent - ended + plan.burst() <= plan.window() ? plan.burst() : 0;
  }

  private void giveUp() {
    long before = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    announcers.forEach(announcer -> announcer.giveUp(before));
    schedule(this::giveUp, PATIENCE_MILLIS / 4);
  }

  private void measure() {
    try {
      before = usage();
      measuring = true;
      measuredFromNanos = System.nanoTime();
      ownCpuFromNanos = Measurement.ownCpuNanos();
      schedule(this::finish, plan.duration().toMillis());
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private void finish() {
    measuring = false;
    over = true;
    double seconds = (System.nanoTime() - measuredFromNanos) / 1e9;
    try {
      ServerUsage now = usage();
      ServerUsage spent = now == null || before == null ? null : now.since(before);
      end.complete(
          new TrackerResult(
              new LoadResult(
                  plan.pace(),
                  seconds,
                  answers,
                  bytes,
                  verified,
                  List.copyOf(reasons),
                  failed,
                  latencyMicros,
                  spent,
                  (Measurement.ownCpuNanos() - ownCpuFromNanos) / 1e9 / seconds),
              lost,
              peers));
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
    announcers.forEach(Announcer::close);
  }

  private void schedule(Runnable task, long millis) {
    var unused = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  private @Nullable ServerUsage usage() throws IOException {
    return plan.serverPid() == null ? null : ServerUsage.of(plan.serverPid());
  }
}
