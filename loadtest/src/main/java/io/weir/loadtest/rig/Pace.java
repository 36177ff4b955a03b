package io.weir.loadtest.rig;

/** When a generator sends its next request. */
public sealed interface Pace {
  /** As soon as the last one is answered: finds capacity, and says little about latency. */
  record Closed() implements Pace {}

  /**
   * At a rate, whatever the server does. A request that finds no free connection waits, and its
   * latency counts from the moment at which it was due, so that a server that stalls is charged for
   * everyone who would have come meanwhile ("coordinated omission", Tene 2013).
   *
   * @param perSecond requests a second, more than 0
   */
  record Open(double perSecond) implements Pace {
    /** Share of the rate that a run may miss without failing. */
    public static final double TOLERANCE = 0.02;

    /** Validates. */
    public Open {
      if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
        throw new IllegalArgumentException("rate must be more than 0");
      }
    }

    /** When the request of this number, from 0, is due after the start. */
    public long dueNanos(long number) {
      return (long) (number * 1e9 / perSecond);
    }

    /** Whether so many answers in that time are this rate. */
    public boolean isMetBy(long answers, long nanos) {
      return answers >= (1 - TOLERANCE) * perSecond * nanos / 1e9;
    }
  }
}
