package io.weir.loadtest.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  @Test
  void costsAreCountedByByteAndByAnswer() {
    LoadResult result = result(new Pace.Closed(), 1_000, 0, new ServerUsage(2, 4096));
    assertEquals(500, result.answersPerSecond());
    assertEquals(2.0, result.cpuSecondsPerGigabyte());
    assertEquals(2000.0, result.cpuMicrosPerAnswer());
    assertEquals(List.of(), result.faults());
  }

  @Test
  void costsOfNobodyAreNotTold() {
    LoadResult result = result(new Pace.Closed(), 1_000, 0, null);
    assertNull(result.cpuSecondsPerGigabyte());
    assertNull(result.cpuMicrosPerAnswer());
  }

  @Test
  void whatProvesNothingSaysWhy() {
    assertEquals(
        List.of("3 requests failed: status 500"),
        result(new Pace.Closed(), 1_000, 3, null).faults());
    assertEquals(
        List.of("no request was answered"), result(new Pace.Closed(), 0, 0, null).faults());
    assertEquals(
        List.of("rate missed: 500 of 600 requests a second"),
        result(new Pace.Open(600), 1_000, 0, null).faults());
  }

  @Test
  void aGeneratorWithoutTimeToSpareSaysSo() {
    assertTrue(result(new Pace.Closed(), 1, 0, null).isGeneratorLimited());
    assertFalse(withGenerator(0.5).isGeneratorLimited());
  }

  @Test
  void aLineIsReadBackAsItWasWritten() throws IOException {
    ResultLine line = ResultLine.of(result(new Pace.Open(600), 1_000, 1, new ServerUsage(2, 4096)));
    assertEquals(line, ResultLine.parse(line.toJson()));
    ResultLine unwatched = ResultLine.of(withGenerator(0.5));
    assertEquals(unwatched, ResultLine.parse(unwatched.toJson()));
    assertTrue(line.toText().contains("cpuSecondsPerGigabyte  2.0"), line.toText());
  }

  private static LoadResult result(
      Pace pace, long answers, long failed, @Nullable ServerUsage server) {
    List<String> failures = failed == 0 ? List.of() : List.of("status 500");
    return new LoadResult(
        pace, 2, answers, answers * 1_000_000, 0, failures, failed, latency(), server, 0.99);
  }

  private static LoadResult withGenerator(double cores) {
    return new LoadResult(new Pace.Closed(), 2, 1, 1, 0, List.of(), 0, latency(), null, cores);
  }

  private static Histogram latency() {
    Histogram latency = new Histogram(3);
    latency.recordValue(100);
    return latency;
  }
}
