package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.ResultLine;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one contestant did in a row.
 *
 * @param product the contender's
 * @param variant the contender's, empty where there is one only
 * @param rounds in order, 1 or more, as many as everybody's
 */
public record Measurement(String product, String variant, List<ResultLine> rounds) {
  /** Copies. */
  public Measurement {
    rounds = List.copyOf(rounds);
  }

  /** Some figure over all rounds. */
  public MedianRange spread(ToDoubleFunction<ResultLine> figure) {
    return MedianRange.of(rounds.stream().mapToDouble(figure).toArray());
  }

  /** Some figure, round by round. */
  List<Double> values(ToDoubleFunction<ResultLine> figure) {
    return rounds.stream().map(figure::applyAsDouble).toList();
  }

  /** For people. */
  public String name() {
    return variant.isEmpty() ? product : product + " (" + variant + ")";
  }

  /** Why a round proves nothing; empty where all do. */
  public List<String> faults() {
    return rounds.stream().flatMap(round -> round.faults().stream()).distinct().toList();
  }

  /** Whether in some round the generator set the rate. */
  public boolean isGeneratorLimited() {
    return rounds.stream().anyMatch(ResultLine::generatorLimited);
  }
}
