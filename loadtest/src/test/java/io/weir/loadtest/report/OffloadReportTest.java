package io.weir.loadtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OffloadReportTest {
  private static final OffloadReport RIGHT =
      new OffloadReport(1000, 1050, 4000, 3000, 3000, 10_000, 10, 10, 1.5);

  @Test
  void aRunThatAddsUpHasNoFaults() {
    assertEquals(List.of(), RIGHT.faults());
    assertEquals(1.05, RIGHT.originAmplification(), 1e-9);
    assertEquals(0.895, RIGHT.offload(), 1e-9);
  }

  @Test
  void anOriginThatSentMoreThanAboutOnceIsAFault() {
    OffloadReport report = new OffloadReport(1000, 1051, 4000, 3000, 3000, 10_000, 10, 10, 1.5);
    assertEquals(List.of("the origin sent 1.051 × the content, more than 1.05"), report.faults());
  }

  @Test
  void aWrongDownloadIsAFault() {
    OffloadReport report = new OffloadReport(1000, 1000, 4000, 3000, 3000, 10_000, 10, 9, 1.5);
    assertEquals(List.of("1 of 10 downloads are not right"), report.faults());
  }

  @Test
  void bytesThatDoNotAddUpWithinOnePercentAreAFault() {
    OffloadReport within = new OffloadReport(1000, 1000, 4100, 3000, 3000, 10_000, 10, 10, 1.5);
    assertEquals(List.of(), within.faults());
    OffloadReport beyond = new OffloadReport(1000, 1000, 4101, 3000, 3000, 10_000, 10, 10, 1.5);
    assertEquals(List.of("sent (10101) and received (10000) do not add up"), beyond.faults());
  }

  @Test
  void theTableNamesEverySource() {
    String table = RIGHT.toTable();
    for (String name :
        List.of(
            "edge → HTTP clients",
            "edge → swarm",
            "peer → peer",
            "received by clients",
            "origin")) {
      assertTrue(table.contains(name), table);
    }
  }

  @Test
  void aRunWithoutDownloadsDividesByNothing() {
    OffloadReport report = new OffloadReport(1000, 1000, 0, 0, 0, 0, 0, 0, 0.1);
    assertTrue(report.toTable().contains("0/0"));
  }
}
