package io.weir.loadtest.rig.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * What a workload came to.
 *
 * @param title for people
 * @param metric what is compared
 * @param measurements of those that took part, in the order of their turns
 */
public record Row(String title, Metric metric, List<Measurement> measurements) {
  /** The product that others are compared with. */
  public static final String OURS = "Weir";

  /** Copies. */
  public Row {
    measurements = List.copyOf(measurements);
  }

  /** One measurement a product: of several variants the one that cost least. */
  public List<Measurement> best() {
    Comparator<Measurement> byCost = Comparator.comparingDouble(m -> cost(m).median());
    Map<String, Measurement> best =
        measurements.stream()
            .collect(
                Collectors.toMap(
                    Measurement::product,
                    measurement -> measurement,
                    BinaryOperator.minBy(byCost),
                    LinkedHashMap::new));
    return new ArrayList<>(best.values());
  }

  /** What an answer of this one cost. */
  public MedianRange cost(Measurement measurement) {
    return measurement.spread(metric::of);
  }

  /** Our cost over that of another; empty where we took no part, or for ourselves. */
  public Optional<MedianRange> ratio(Measurement other) {
    return best().stream()
        .filter(mine -> mine.product().equals(OURS) && !other.product().equals(OURS))
        .findFirst()
        .map(mine -> MedianRange.ofRatios(mine.values(metric::of), other.values(metric::of)));
  }
}
