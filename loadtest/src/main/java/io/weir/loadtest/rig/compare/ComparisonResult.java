package io.weir.loadtest.rig.compare;

import java.util.List;
import java.util.Map;

/**
 * What a comparison came to.
 *
 * @param environment the machine and its settings, in order
 * @param contenders versions and commands of those that ran
 * @param absent those that did not, and why
 * @param rows one for each workload that somebody could give
 */
public record ComparisonResult(
    Map<String, String> environment,
    List<Participant> contenders,
    Map<String, String> absent,
    List<Row> rows) {
  /**
   * One that ran.
   *
   * @param name product and variant
   * @param version its own words
   * @param command how it was started
   */
  public record Participant(String name, String version, String command) {}

  /** Copies the lists. */
  public ComparisonResult {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
  }

  /** Every fault of every run, by row; empty where all figures count. */
  public List<String> faults() {
    return rows.stream()
        .flatMap(
            row ->
                row.measurements().stream()
                    .flatMap(
                        measurement ->
                            measurement.faults().stream()
                                .map(
                                    fault ->
                                        row.title() + ": " + measurement.name() + ": " + fault)))
        .toList();
  }
}
