package io.weir.loadtest.rig.swarm;

/** A peer that asks for nothing; only its failures count. The run's event loop's. */
final class IdleDemand implements Leecher.Owner {
  private final Leecher.Owner run;

  IdleDemand(Leecher.Owner run) {
    this.run = run;
  }

  @Override
  public void onUnchoked(Leecher leecher) {}

  @Override
  public void onBlock(
      Leecher leecher, long dueNanos, long nowNanos, int lengthBytes, boolean compared) {}

  @Override
  public void onFailure(String reason) {
    run.onFailure("idle peer: " + reason);
  }
}
