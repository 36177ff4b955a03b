package io.weir.loadtest.rig;

import java.util.random.RandomGenerator;

/** Where in an object the next request begins. One connection's; not safe for several threads. */
public interface Positions {
  /** Offset of the next request's first byte. */
  long next();

  /** How positions are spread over an object. */
  enum Spread {
    /** Every position alike. */
    UNIFORM,
    /** Some parts far more often than others, scattered over the object. */
    ZIPF,
    /** On from the last one, as a viewer reads, with a seek to anywhere now and then. */
    SEQUENTIAL
  }

  /**
   * The positions of one connection in one object.
   *
   * @param objectBytes length of the object, at least the request's
   * @param requestBytes length of a request, 1 or more
   */
  static Positions of(Spread spread, long objectBytes, int requestBytes, RandomGenerator random) {
    if (requestBytes < 1 || requestBytes > objectBytes) {
      throw new IllegalArgumentException(
          "requests of " + requestBytes + " bytes do not fit an object of " + objectBytes);
    }
    return switch (spread) {
      case UNIFORM -> () -> random.nextLong(objectBytes - requestBytes + 1);
      case ZIPF -> new Scattered(objectBytes / requestBytes, requestBytes, random);
      case SEQUENTIAL -> new Viewer(objectBytes, requestBytes, random);
    };
  }

  /** Parts of one request each, the popular ones not side by side. */
  final class Scattered implements Positions {
    /** Where there are more parts than this, several have one rank. */
    static final long MAX_RANKS = 1L << 30;

    /** A prime above any number of ranks, so that each rank has a part of its own. */
    private static final long SCATTER = 2_654_435_761L;

    private final long ranks;
    private final long partBytes;
    private final Zipf zipf;

    private Scattered(long parts, int requestBytes, RandomGenerator random) {
      ranks = Math.min(parts, MAX_RANKS);
      partBytes = parts / ranks * requestBytes;
      zipf = new Zipf(ranks, random);
    }

    @Override
    public long next() {
      return zipf.next() * SCATTER % ranks * partBytes;
    }
  }

  /** Reads on; one request in {@link #SEEK_EVERY} on average goes elsewhere. */
  final class Viewer implements Positions {
    static final int SEEK_EVERY = 50;

    private final long lastStart;
    private final int requestBytes;
    private final RandomGenerator random;
    private long next;

    private Viewer(long objectBytes, int requestBytes, RandomGenerator random) {
      this.lastStart = objectBytes - requestBytes;
      this.requestBytes = requestBytes;
      this.random = random;
      this.next = random.nextLong(lastStart + 1);
    }

    @Override
    public long next() {
      if (next > lastStart || random.nextInt(SEEK_EVERY) == 0) {
        next = random.nextLong(lastStart + 1);
      }
      long position = next;
      next += requestBytes;
      return position;
    }
  }
}
