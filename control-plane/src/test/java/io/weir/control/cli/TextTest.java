package io.weir.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1572864, 1.5 MiB",
    "11811160064, 11 GiB",
    "9223372036854775807, 8192 PiB",
  })
  void byteCountsAreShort(long bytes, String text) {
    assertEquals(text, ByteCount.text(bytes));
  }

  @Test
  void tableColumnsAreAsWideAsTheirWidestCell() {
    assertEquals(
        List.of("ID      SIZE", "a       -", "longer  1 B"),
        new Table(List.of(List.of("ID", "SIZE"), List.of("a", "-"), List.of("longer", "1 B")))
            .lines());
  }

  @Test
  void progressWithoutATerminalIsALineForEveryTenth() {
    StringWriter err = new StringWriter();
    ProgressDisplay display = new ProgressDisplay(new PrintWriter(err), false);
    for (long hashed = 0; hashed <= 1_000; hashed += 10) {
      display.show("film", hashed, 1_000L, "");
    }
    assertEquals(11, err.toString().lines().count());
  }

  @Test
  void progressOnATerminalIsDrawnOverItself() {
    StringWriter err = new StringWriter();
    ProgressDisplay display = new ProgressDisplay(new PrintWriter(err), true);
    display.show("film", 0, null, "");
    display.show("film", 512, 1_024L, "half");
    assertEquals(
        "\rfilm           "
            + "░".repeat(30)
            + "   0 % of ?  \u001b[K"
            + "\rfilm           "
            + "█".repeat(15)
            + "░".repeat(15)
            + "  50 % of 1.0 KiB  half\u001b[K",
        err.toString());
  }
}
