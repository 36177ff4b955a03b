package io.weir.loadtest.rig.compare;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some measurements of one thing.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record MedianRange(double median, double min, double max) {
  /**
   * Of these.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static MedianRange of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new MedianRange(median, sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * How one compares with another, round by round: what the machine did in a round it did to both.
   *
   * @throws IllegalArgumentException if there are not as many of both
   */
  public static MedianRange ofRatios(List<Double> ours, List<Double> others) {
    if (ours.size() != others.size()) {
      throw new IllegalArgumentException("rounds do not pair");
    }
    return of(
        IntStream.range(0, ours.size()).mapToDouble(i -> ours.get(i) / others.get(i)).toArray());
  }
}
