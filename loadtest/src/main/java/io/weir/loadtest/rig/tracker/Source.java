package io.weir.loadtest.rig.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One peer as the tracker sees it: an address, a port, and the swarms that it is in, which it
 * announces in turn, in an order of its own. Every fourth source is a seed.
 */
final class Source {
  /** The port that each claims to take peers at. */
  static final int PEER_PORT = 6881;

  private static final int SEED_EVERY = 4;

  private final int number;
  private final int[] swarms;
  private int next;

  private Source(int number, int[] swarms) {
    this.number = number;
    this.swarms = swarms;
  }

  /** The source of this number, from 0, with its part of the plan's swarms. */
  static Source of(TrackerPlan plan, int number, RandomGenerator random) {
    List<InfoHash> all = plan.infoHashes();
    int[] swarms = new int[all.size()];
    int count = 0;
    for (int swarm = 0; swarm < swarms.length; swarm++) {
      if (Math.floorMod(number - swarm, plan.sources()) < plan.peersPerSwarm()) {
        // Put at a random place among those before it, so that none is likelier than another.
        int place = random.nextInt(count + 1);
        swarms[count++] = swarms[place];
        swarms[place] = swarm;
      }
    }
    return new Source(number, Arrays.copyOf(swarms, count));
  }

  /** Whether it is in any swarm. */
  boolean announces() {
    return swarms.length > 0;
  }

  /** The swarm to announce next. */
  int nextSwarm() {
    int swarm = swarms[next];
    next = next + 1 == swarms.length ? 0 : next + 1;
    return swarm;
  }

  boolean isSeed() {
    return number % SEED_EVERY == 0;
  }

  /** Where it sends from: {@code 127.1.x.y}, any port. */
  InetSocketAddress localAddress() {
    byte[] bytes = {127, 1, (byte) (number >> 8), (byte) number};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 bytes are an address", e);
    }
  }
}
