package io.weir.loadtest.rig.report;

import io.weir.loadtest.rig.compare.ComparisonResult;
import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.Row;
import java.util.ArrayList;
import java.util.List;

/** A comparison as Markdown. */
public final class MarkdownReport {
  /** The whole document, its lines ending in newlines. */
  public static String of(ComparisonResult result) {
    StringBuilder out = new StringBuilder("# Comparison\n\n");
    result.environment().forEach((what, value) -> out.append("- %s: %s\n".formatted(what, value)));
    out.append(
        "\nMedian (min–max) of the rounds; cost is CPU time of the server's processes; MB are 10^6"
            + " bytes; ratios are paired round by round, and of several settings of one product the"
            + " cheaper one counts.\n");
    for (Row row : result.rows()) {
      out.append("\n## ").append(row.title()).append("\n\n");
      List<String> headings = new ArrayList<>(Figures.HEADINGS);
      headings.add(1, row.metric().unit());
      line(out, headings);
      line(out, headings.stream().map(heading -> "---").toList());
      for (Measurement measurement : row.measurements()) {
        line(out, Figures.of(row, measurement));
      }
    }
    out.append("\n## Contenders\n\n");
    line(out, List.of("", "version", "command"));
    line(out, List.of("---", "---", "---"));
    result
        .contenders()
        .forEach(one -> line(out, List.of(one.name(), one.version(), "`" + one.command() + "`")));
    result.absent().forEach((name, why) -> line(out, List.of(name, "took no part", why)));
    List<String> faults = result.faults();
    if (!faults.isEmpty()) {
      out.append("\n## These figures prove nothing\n\n");
      faults.forEach(fault -> out.append("- ").append(fault).append('\n'));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append('|');
    for (String cell : cells) {
      out.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    out.append('\n');
  }

  private MarkdownReport() {}
}
