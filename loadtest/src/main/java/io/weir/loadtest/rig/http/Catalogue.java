package io.weir.loadtest.rig.http;

import io.weir.loadtest.rig.Positions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** What one run asks for: contents by their popularity. One event loop's. */
final class Catalogue {
  private final List<Target> targets;
  private final HttpDemand demand;
  private final IntSupplier popularity;
  private final RandomGenerator random;

  Catalogue(List<Target> targets, HttpDemand demand, RandomGenerator random) {
    this.targets = List.copyOf(targets);
    this.demand = demand;
    this.popularity = demand.popularity().over(targets.size(), random);
    this.random = random;
  }

  /** What one connection asks for; it goes on in each content from where it was. */
  Requests requests() {
    return new Requests();
  }

  /** The requests of one connection. */
  final class Requests {
    private final Map<Integer, Positions> positions = new HashMap<>();
    private Target target = targets.get(0);
    private long first;
    private int lengthBytes;

    /** Chooses the next one. */
    void next() {
      int index = targets.size() == 1 ? 0 : popularity.getAsInt();
      target = targets.get(index);
      lengthBytes = (int) Math.min(demand.rangeBytes(), target.lengthBytes());
      first = positions.computeIfAbsent(index, this::positionsIn).next();
    }

    private Positions positionsIn(int index) {
      return Positions.of(demand.spread(), target.lengthBytes(), lengthBytes, random);
    }

    Target target() {
      return target;
    }

    long first() {
      return first;
    }

    int lengthBytes() {
      return lengthBytes;
    }
  }
}
