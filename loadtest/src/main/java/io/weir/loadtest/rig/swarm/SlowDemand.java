package io.weir.loadtest.rig.swarm;

/** Keeps a slow peer asking; only its failures count. The run's event loop's. */
final class SlowDemand implements Leecher.Owner {
  private final Leecher.Owner run;

  SlowDemand(Leecher.Owner run) {
    this.run = run;
  }

  @Override
  public void onUnchoked(Leecher leecher) {
    while (leecher.hasRoom()) {
      leecher.request(0);
    }
  }

  @Override
  public void onBlock(
      Leecher leecher, long dueNanos, long nowNanos, int lengthBytes, boolean compared) {
    leecher.request(0);
  }

  @Override
  public void onFailure(String reason) {
    run.onFailure("slow peer: " + reason);
  }
}
