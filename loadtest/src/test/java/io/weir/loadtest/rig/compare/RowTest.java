package io.weir.loadtest.rig.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowTest {
  private static final Measurement OURS = measured(Row.OURS, "", 1, 2, 3);
  private static final Measurement ON = measured("nginx", "on", 2, 2, 2);
  private static final Measurement OFF = measured("nginx", "off", 4, 1, 4);

  @Test
  void ofSeveralSettingsTheCheaperCounts() {
    Row row = new Row("row", Metric.CPU_PER_GIGABYTE, List.of(OURS, OFF, ON));
    assertEquals(List.of(OURS, ON), row.best());
  }

  @Test
  void oursIsComparedWithEveryOther() {
    Row row = new Row("row", Metric.CPU_PER_GIGABYTE, List.of(OURS, ON, OFF));
    assertEquals(Optional.of(new MedianRange(1, 0.5, 1.5)), row.ratio(ON));
    assertEquals(Optional.of(new MedianRange(0.75, 0.25, 2)), row.ratio(OFF));
    assertEquals(Optional.empty(), row.ratio(OURS));
  }

  @Test
  void withoutOursThereIsNoRatio() {
    Row row = new Row("row", Metric.CPU_PER_GIGABYTE, List.of(ON));
    assertEquals(Optional.empty(), row.ratio(ON));
  }

  private static Measurement measured(String product, String variant, double... costs) {
    return new Measurement(
        product, variant, Arrays.stream(costs).mapToObj(Lines::costing).toList());
  }
}
