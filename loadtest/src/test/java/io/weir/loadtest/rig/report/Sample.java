package io.weir.loadtest.rig.report;

import io.weir.loadtest.rig.compare.ComparisonResult;
import io.weir.loadtest.rig.compare.ComparisonResult.Participant;
import io.weir.loadtest.rig.compare.Lines;
import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.Metric;
import io.weir.loadtest.rig.compare.Row;
import java.util.List;
import java.util.Map;

/** A comparison that nobody made. */
final class Sample {
  static ComparisonResult of(String... faults) {
    Measurement ours = measured(Row.OURS, "", 0.1, 0.12, 0.11);
    Measurement nginx = measured("nginx", "tcp_nopush on", 0.2, 0.2, 0.2);
    Measurement faulty = new Measurement("Varnish", "", List.of(Lines.costing(0.3, faults)));
    return new ComparisonResult(
        Map.of("kernel", "Linux <6>"),
        List.of(
            new Participant("Weir", "1", "weir up"),
            new Participant("nginx (tcp_nopush on)", "1.22.1", "nginx -c \"a|b\"")),
        Map.of("Traffic Server", "traffic_server is not installed"),
        List.of(
            new Row("HTTP ranges of 1MiB", Metric.CPU_PER_GIGABYTE, List.of(ours, nginx)),
            new Row("HTTP ranges of 16KiB", Metric.CPU_PER_ANSWER, List.of(faulty))));
  }

  private static Measurement measured(
      String product, String variant, double a, double b, double c) {
    return new Measurement(
        product, variant, List.of(Lines.costing(a), Lines.costing(b), Lines.costing(c)));
  }

  private Sample() {}
}
