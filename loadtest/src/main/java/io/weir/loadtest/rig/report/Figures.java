package io.weir.loadtest.rig.report;

import io.weir.loadtest.rig.ResultLine;
import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.MedianRange;
import io.weir.loadtest.rig.compare.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A row's figures as text, the same in every report. */
final class Figures {
  /** Of the columns of {@link #of}. */
  static final List<String> HEADINGS =
      List.of("", "MB/s", "requests/s", "p50 / p99 µs", "memory MiB", "generator", "Weir ÷ it");

  /** Below this a decimal says something: announces are few bytes. */
  private static final int FEW = 10;

  private static final double MEBIBYTE = 1 << 20;

  /** One contestant's line: its name, its cost, and a column for each heading after the first. */
  static List<String> of(Row row, Measurement measurement) {
    return List.of(
        measurement.name(),
        spread(row.cost(measurement), row.metric().decimals()),
        number(measurement, ResultLine::megabytesPerSecond),
        number(measurement, ResultLine::answersPerSecond),
        number(measurement, ResultLine::p50Micros)
            + " / "
            + number(measurement, ResultLine::p99Micros),
        number(
            measurement,
            line -> line.residentBytes() == null ? Double.NaN : line.residentBytes() / MEBIBYTE),
        text(100 * measurement.spread(ResultLine::generatorCores).median(), 0)
            + " %"
            + (measurement.isGeneratorLimited() ? ", the limit" : ""),
        row.ratio(measurement).map(ratio -> spread(ratio, 2)).orElse(""));
  }

  /** {@code median (min–max)}. */
  static String spread(MedianRange spread, int decimals) {
    return "%s (%s–%s)"
        .formatted(
            text(spread.median(), decimals),
            text(spread.min(), decimals),
            text(spread.max(), decimals));
  }

  private static String number(Measurement measurement, ToDoubleFunction<ResultLine> figure) {
    double median = measurement.spread(figure).median();
    return text(median, median < FEW ? 1 : 0);
  }

  /** A number with so many decimals. */
  static String text(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private Figures() {}
}
