package io.weir.loadtest.rig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  @Test
  void theTableIsAsDocumentsQuoteIt() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("report.md")) {
      assertNotNull(golden);
      assertEquals(
          new String(golden.readAllBytes(), StandardCharsets.UTF_8),
          MarkdownReport.of(Sample.of()));
    }
  }

  @Test
  void faultsAreNotHidden() {
    String report = MarkdownReport.of(Sample.of("rate missed"));
    assertTrue(
        report.endsWith(
            "## These figures prove nothing\n\n- HTTP ranges of 16KiB: Varnish: rate missed\n"),
        report);
  }
}
