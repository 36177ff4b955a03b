package io.weir.loadtest.rig.report;

import io.weir.loadtest.rig.ResultLine;
import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Latency at some percentiles, medians of the rounds, on a logarithmic scale. */
final class LatencyPlot {
  private static final int LABEL = 210;
  private static final int WIDTH = 640;
  private static final int LINE = 22;
  private static final int AXIS = 24;
  private static final int DOT = 5;

  /** From a tenth of a millisecond at least to a second at most is what servers do. */
  private static final int FIRST_DECADE = 1;

  private static final int LAST_DECADE = 6;

  static void write(Markup out, Row row) {
    List<Measurement> measurements = row.best();
    int height = LINE * measurements.size() + AXIS;
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + (LABEL + WIDTH + 30) + " " + height,
        "role",
        "img");
    out.element("title", row.title() + ": latency at p50, p90, p99 and p99.9");
    for (int decade = FIRST_DECADE; decade <= LAST_DECADE; decade++) {
      double x = x(Math.pow(10, decade));
      out.empty(
          "line",
          "x1",
          Figures.text(x, 1),
          "x2",
          Figures.text(x, 1),
          "y1",
          0,
          "y2",
          height - AXIS,
          "class",
          "grid");
      out.element(
          "text", decadeName(decade), "x", Figures.text(x, 1), "y", height - 8, "class", "tick");
    }
    for (int i = 0; i < measurements.size(); i++) {
      dots(out, measurements.get(i), i * LINE + LINE / 2);
    }
    out.close();
  }

  private static void dots(Markup out, Measurement one, int middle) {
    out.element("text", one.name(), "x", LABEL - 8, "y", middle + 5, "class", "label");
    String product = one.product().equals(Row.OURS) ? "ours" : "other";
    percentiles()
        .forEach(
            (name, figure) -> {
              double micros = one.spread(figure).median();
              out.open(
                  "circle",
                  "cx",
                  Figures.text(x(micros), 1),
                  "cy",
                  middle,
                  "r",
                  DOT,
                  "class",
                  product);
              out.element("title", name + " " + Figures.text(micros, 0) + " µs").close();
            });
  }

  private static Map<String, ToDoubleFunction<ResultLine>> percentiles() {
    Map<String, ToDoubleFunction<ResultLine>> percentiles = new LinkedHashMap<>();
    percentiles.put("p50", ResultLine::p50Micros);
    percentiles.put("p90", ResultLine::p90Micros);
    percentiles.put("p99", ResultLine::p99Micros);
    percentiles.put("p99.9", ResultLine::p999Micros);
    return percentiles;
  }

  private static double x(double micros) {
    double decades = Math.log10(Math.max(micros, 1)) - FIRST_DECADE;
    double share = decades / (LAST_DECADE - FIRST_DECADE);
    return LABEL + WIDTH * Math.min(1, Math.max(0, share));
  }

  private static String decadeName(int decade) {
    long micros = Math.round(Math.pow(10, decade));
    return micros < 1_000
        ? micros + " µs"
        : micros < 1_000_000 ? micros / 1_000 + " ms" : micros / 1_000_000 + " s";
  }

  private LatencyPlot() {}
}
