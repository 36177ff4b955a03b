package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.ResultLine;

/** What is compared; less is better. */
public enum Metric {
  /** Server CPU seconds for 10^9 bytes. */
  CPU_PER_GIGABYTE("CPU s/GB", 3) {
    @Override
    public double of(ResultLine line) {
      return line.cpuSecondsPerGigabyte() == null ? Double.NaN : line.cpuSecondsPerGigabyte();
    }
  },
  /** Server CPU microseconds for an answer. */
  CPU_PER_ANSWER("CPU µs/request", 1) {
    @Override
    public double of(ResultLine line) {
      return line.cpuMicrosPerAnswer() == null ? Double.NaN : line.cpuMicrosPerAnswer();
    }
  };

  private final String unit;
  private final int decimals;

  Metric(String unit, int decimals) {
    this.unit = unit;
    this.decimals = decimals;
  }

  /** Of one run; not a number where the server was not watched. */
  public abstract double of(ResultLine line);

  /** For people. */
  public String unit() {
    return unit;
  }

  /** Decimals worth printing. */
  public int decimals() {
    return decimals;
  }
}
