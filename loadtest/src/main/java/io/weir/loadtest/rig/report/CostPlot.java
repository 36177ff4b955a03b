package io.weir.loadtest.rig.report;

import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.MedianRange;
import io.weir.loadtest.rig.compare.Row;
import java.util.List;

/** What an answer cost each: a bar to the median, a line from least to greatest. */
final class CostPlot {
  private static final int LABEL = 210;
  private static final int WIDTH = 480;
  private static final int VALUE = 190;
  private static final int LINE = 26;
  private static final int BAR = 16;

  static void write(Markup out, Row row) {
    List<Measurement> measurements = row.measurements();
    double greatest = measurements.stream().mapToDouble(one -> row.cost(one).max()).max().orElse(1);
    int height = LINE * measurements.size();
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + (LABEL + WIDTH + VALUE) + " " + height,
        "role",
        "img");
    out.element("title", row.title() + ": " + row.metric().unit());
    for (int i = 0; i < measurements.size(); i++) {
      Measurement one = measurements.get(i);
      bar(out, row, one, i * LINE + (LINE - BAR) / 2, WIDTH / greatest);
    }
    out.close();
  }

  private static void bar(Markup out, Row row, Measurement one, int top, double scale) {
    MedianRange cost = row.cost(one);
    int middle = top + BAR / 2;
    out.element("text", one.name(), "x", LABEL - 8, "y", middle + 5, "class", "label");
    out.empty(
        "rect",
        "x",
        LABEL,
        "y",
        top,
        "width",
        Figures.text(cost.median() * scale, 1),
        "height",
        BAR,
        "class",
        one.product().equals(Row.OURS) ? "ours" : "other");
    out.empty(
        "line",
        "x1",
        Figures.text(LABEL + cost.min() * scale, 1),
        "x2",
        Figures.text(LABEL + cost.max() * scale, 1),
        "y1",
        middle,
        "y2",
        middle,
        "class",
        "spread");
    out.element(
        "text",
        Figures.spread(cost, row.metric().decimals()),
        "x",
        Figures.text(LABEL + cost.max() * scale + 8, 1),
        "y",
        middle + 5,
        "class",
        "value");
  }

  private CostPlot() {}
}
