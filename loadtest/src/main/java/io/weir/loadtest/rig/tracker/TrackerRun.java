package io.weir.loadtest.rig.tracker;

import io.netty.channel.EventLoop;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Measurement;
import io.weir.loadtest.rig.Pace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has free announcers announce. The next announces are those of the source that has been free
 * longest, so that all take turns. Its event loop only.
 */
final class TrackerRun {
  /** Between looks at what is due in an open loop. */
  private static final long TICK_MICROS = 200;

  private static final long PATIENCE_MILLIS = 1_000;

  private final TrackerPlan plan;
  private final EventLoop loop;
  private final Measurement measurement;
  private final List<Announcer> announcers = new ArrayList<>();
  private final Deque<Announcer> free = new ArrayDeque<>();
  private long startNanos;
  private long sent;
  private long ended;
  private long peers;
  private long lost;
  private boolean dispatching;

  TrackerRun(TrackerPlan plan, EventLoop loop, Measurement measurement) {
    this.plan = plan;
    this.loop = loop;
    this.measurement = measurement;
  }

  /** All announcers, ready. */
  void start(List<Announcer> ready) {
    announcers.addAll(ready);
    free.addAll(ready);
    startNanos = System.nanoTime();
    if (plan.pace() instanceof Pace.Open) {
      var unused = loop.scheduleAtFixedRate(this::dispatch, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    }
    scheduleGivingUp();
    measurement.begin();
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
    return ended % TrackerPlan.VERIFY_EVERY == 0;
  }

  void onAnswer(long dueNanos, int answerBytes, int peersNamed, boolean looked) {
    ended++;
    peers += measurement.measuring() ? peersNamed : 0;
    measurement.answered(dueNanos, System.nanoTime(), answerBytes, looked);
  }

  /** So many announces were never answered. */
  void onLost(int count) {
    ended += count;
    lost += measurement.measuring() ? count : 0;
  }

  /** An announce was answered wrongly or could not be sent. */
  void onFailure(String reason) {
    ended++;
    measurement.failed(reason);
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
    while (!measurement.ended() && !free.isEmpty()) {
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
    scheduleGivingUp();
  }

  private void scheduleGivingUp() {
    var unused = loop.schedule(this::giveUp, PATIENCE_MILLIS / 4, TimeUnit.MILLISECONDS);
  }

  /** What the run came to, its measurement having ended with this. */
  TrackerResult result(LoadResult load) {
    return new TrackerResult(load, lost, peers);
  }
}
