package io.weir.loadtest.rig.report;

import io.weir.loadtest.rig.compare.ComparisonResult;
import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A comparison as one HTML file with plots, in light and dark, that loads nothing. */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #1c2128; --back: #ffffff; --soft: #57606a;
        --line: #d0d7de; --ours: #0a7d5a; --other: #8c959f; --spread: #1c2128; }
      @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --back: #0d1117;
        --soft: #9198a1; --line: #30363d; --ours: #2ea67a; --other: #6e7681; --spread: #e6edf3; } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back);
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h2 { margin-top: 3rem; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 0.9rem; }
      th, td { text-align: left; padding: 0.3rem 0.8rem 0.3rem 0; white-space: nowrap;
        border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
      td.command { white-space: normal; font-family: monospace; word-break: break-all; }
      .fault { font-weight: bold; }
      svg { width: 100%; height: auto; margin: 0.5rem 0; }
      svg text { fill: var(--text); font-size: 14px; }
      svg .label { text-anchor: end; } svg .tick { text-anchor: middle; fill: var(--soft); }
      svg .ours { fill: var(--ours); } svg .other { fill: var(--other); }
      svg .spread { stroke: var(--spread); stroke-width: 2; } svg .grid { stroke: var(--line); }
      """;

  /** The whole document, well-formed as XML too. */
  public static String of(ComparisonResult result) {
    Markup out = new Markup();
    out.open("html", "lang", "en").open("head");
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.element("title", "Weir beside others").element("style", STYLE).close();
    out.open("body").element("h1", "Weir beside others");
    faults(out, result.faults());
    out.element(
        "p",
        "What an answer costs the server in CPU time: the same content, cores, generator and"
            + " moment. Bars are medians of the rounds, lines reach from the least to the greatest;"
            + " less is better. Ratios are paired round by round.");
    table(
        out,
        List.of("", ""),
        result.environment().entrySet().stream()
            .map(fact -> List.of(fact.getKey(), fact.getValue()))
            .toList());
    result.rows().forEach(row -> row(out, row));
    contenders(out, result);
    return "<!DOCTYPE html>\n" + out.close().close();
  }

  private static void row(Markup out, Row row) {
    out.element("h2", row.title());
    out.element("h3", row.metric().unit());
    CostPlot.write(out, row);
    out.element("h3", "Latency at p50, p90, p99 and p99.9");
    LatencyPlot.write(out, row);
    List<String> headings = new ArrayList<>(Figures.HEADINGS);
    headings.add(1, row.metric().unit());
    List<List<String>> lines = new ArrayList<>();
    for (Measurement measurement : row.measurements()) {
      lines.add(Figures.of(row, measurement));
    }
    table(out, headings, lines);
  }

  private static void contenders(Markup out, ComparisonResult result) {
    out.element("h2", "Contenders");
    out.open("div", "class", "scroll").open("table");
    for (ComparisonResult.Participant one : result.contenders()) {
      out.open("tr").element("td", one.name()).element("td", one.version());
      out.element("td", one.command(), "class", "command").close();
    }
    for (Map.Entry<String, String> one : result.absent().entrySet()) {
      out.open("tr").element("td", one.getKey()).element("td", "took no part");
      out.element("td", one.getValue(), "class", "command").close();
    }
    out.close().close();
  }

  private static void faults(Markup out, List<String> faults) {
    if (!faults.isEmpty()) {
      out.element("p", "These figures prove nothing:", "class", "fault").open("ul");
      faults.forEach(fault -> out.element("li", fault));
      out.close();
    }
  }

  private static void table(Markup out, List<String> headings, List<List<String>> lines) {
    out.open("div", "class", "scroll").open("table").open("tr");
    headings.forEach(heading -> out.element("th", heading));
    out.close();
    for (List<String> line : lines) {
      out.open("tr");
      line.forEach(cell -> out.element("td", cell));
      out.close();
    }
    out.close().close();
  }

  private HtmlReport() {}
}
