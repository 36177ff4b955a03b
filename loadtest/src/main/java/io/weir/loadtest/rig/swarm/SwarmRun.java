package io.weir.loadtest.rig.swarm;

import io.netty.channel.EventLoop;
import io.weir.loadtest.rig.Measurement;
import io.weir.loadtest.rig.Pace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Drives the peers that are measured: each always has as many requests outstanding as it may, or
 * all together ask at a rate. Begins when every one of them is unchoked. All but {@link #add} on
 * the event loop.
 */
final class SwarmRun implements Leecher.Owner {
  /** Between looks at what is due in an open loop. */
  private static final long TICK_MICROS = 200;

  /** BEP 3: a peer that has said nothing for two minutes may be given up. */
  private static final long KEEP_ALIVE_SECONDS = 60;

  private final SwarmLoadPlan plan;
  private final EventLoop loop;
  private final Measurement measurement;
  private final List<Leecher> connected = new ArrayList<>();
  private final Deque<Leecher> free = new ArrayDeque<>();
  private final List<Leecher> asked = new ArrayList<>();
  private final List<Leecher> unchoked = new ArrayList<>();
  private long startNanos;
  private long sent;
  private boolean begun;

  SwarmRun(SwarmLoadPlan plan, EventLoop loop, Measurement measurement) {
    this.plan = plan;
    this.loop = loop;
    this.measurement = measurement;
  }

  /** A peer of whatever kind is connected; before {@link #start} only. */
  void add(Leecher leecher) {
    connected.add(leecher);
  }

  /** Every peer is connected. */
  void start() {
    var unused =
        loop.scheduleAtFixedRate(
            () -> connected.forEach(Leecher::keepAlive),
            KEEP_ALIVE_SECONDS,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS);
    var unusedAlarm =
        loop.schedule(this::complainOfChokes, SwarmLoad.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void complainOfChokes() {
    if (!begun) {
      onFailure("the seed unchoked %d of %d peers".formatted(unchoked.size(), plan.connections()));
      measurement.finish();
    }
  }

  @Override
  public void onUnchoked(Leecher leecher) {
    unchoked.add(leecher);
    if (unchoked.size() == plan.connections()) {
      begin();
    }
  }

  private void begin() {
    begun = true;
    measurement.begin();
    startNanos = System.nanoTime();
    if (plan.pace() instanceof Pace.Open open) {
      free.addAll(unchoked);
      var unused =
          loop.scheduleAtFixedRate(() -> dispatch(open), 0, TICK_MICROS, TimeUnit.MICROSECONDS);
    } else {
      unchoked.forEach(this::fill);
    }
  }

  private void fill(Leecher leecher) {
    while (leecher.hasRoom()) {
      leecher.request(startNanos);
    }
    leecher.flush();
  }

  private void dispatch(Pace.Open open) {
    long now = System.nanoTime();
    long due = startNanos + open.dueNanos(sent);
    while (!measurement.ended() && due <= now && !free.isEmpty()) {
      Leecher leecher = free.remove();
      if (leecher.hasRoom()) {
        leecher.request(due);
        asked.add(leecher);
        if (leecher.hasRoom()) {
          free.add(leecher);
        }
        due = startNanos + open.dueNanos(++sent);
      }
    }
    asked.forEach(Leecher::flush);
    asked.clear();
  }

  @Override
  public void onBlock(
      Leecher leecher, long dueNanos, long nowNanos, int lengthBytes, boolean compared) {
    measurement.answered(dueNanos, nowNanos, lengthBytes, compared);
    if (plan.pace() instanceof Pace.Closed) {
      leecher.request(nowNanos);
    } else if (leecher.outstanding() == plan.outstanding() - 1) {
      // It was full, so it is not among the free ones.
      free.add(leecher);
    }
  }

  @Override
  public void onFailure(String reason) {
    measurement.failed(reason);
  }
}
