package io.weir.loadtest.rig.compare;

/**
 * How long is measured.
 *
 * @param contentBytes length of the content
 * @param rounds in which every contestant has its turn, 1 or more; one more before is not measured
 * @param warmUpSeconds of each run, not measured
 * @param seconds of each run, measured
 */
public record Effort(long contentBytes, int rounds, double warmUpSeconds, double seconds) {
  /** More rounds than this tell nothing new. */
  public static final int MAX_ROUNDS = 100;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public Effort {
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException("rounds: must be 1 to " + MAX_ROUNDS);
    }
  }

  /** What a claim is made of. */
  public static Effort full() {
    return new Effort(1L << 30, 5, 1.5, 4);
  }

  /** All rows within ten minutes. */
  public static Effort quick() {
    return new Effort(256L << 20, 3, 0.5, 1);
  }

  /** The same, measured for so long or longer. */
  Effort atLeastSeconds(double least) {
    return new Effort(contentBytes, rounds, warmUpSeconds, Math.max(seconds, least));
  }

  /** The same with so many rounds. */
  public Effort withRounds(int count) {
    return new Effort(contentBytes, count, warmUpSeconds, seconds);
  }
}
