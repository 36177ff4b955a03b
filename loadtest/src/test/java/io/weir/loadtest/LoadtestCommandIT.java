package io.weir.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.origin.PlainOrigin;
import io.weir.loadtest.rig.ResultLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit codes and output, as scripts meet them. */
@Timeout(30)
class LoadtestCommandIT {
  private static final int CONTENT_BYTES = 1 << 20;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private Path content;

  @BeforeEach
  void prepare() throws IOException {
    byte[] bytes = new byte[CONTENT_BYTES];
    new Random(9).nextBytes(bytes);
    content = Files.write(folder.resolve("content.bin"), bytes);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
  }

  @Test
  void aRightRunExitsWith0AndOneLine() throws IOException {
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", content)) {
      assertEquals(0, http(origin.url(), "--verify", content.toString()));
    }
    assertEquals(1, lines().size());
    ResultLine line = ResultLine.parse(lines().get(0));
    assertTrue(line.answers() > 0 && line.verified() > 0, line.toString());
  }

  @Test
  void aMissedRateExitsWith1() throws IOException {
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", content, Duration.ofMillis(50))) {
      assertEquals(1, http(origin.url(), "--rate", "1000"));
    }
    assertTrue(ResultLine.parse(lines().get(0)).faults().get(0).startsWith("rate missed"));
  }

  @Test
  void aServerThatIsNotThereExitsWith1() throws IOException {
    String url;
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", content)) {
      url = origin.url();
    }
    assertEquals(1, http(url));
    assertEquals(List.of(), lines());
  }

  @Test
  void wrongUsageExitsWith2() {
    assertEquals(2, http("ftp://127.0.0.1/"));
    assertEquals(2, http("http://127.0.0.1/", "--connections", "0"));
    assertEquals(2, http("http://127.0.0.1/", "http://127.0.0.2/"));
    assertEquals(2, http("http://127.0.0.1/", "--slow-rate", "1"));
    assertEquals(2, new CommandLine(new CompareCommand()).execute("--only", "gopher"));
    assertEquals(2, new CommandLine(new CompareCommand()).execute("--rounds", "0"));
    assertEquals(2, new CommandLine(new ScenarioCommand()).execute("flash-flood"));
    assertEquals(2, new CommandLine(new ScenarioCommand()).execute("flash-crowd"));
  }

  @Test
  void aCatalogueIsReadFromAFile() throws IOException {
    Files.write(folder.resolve("second.bin"), new byte[10_000]);
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", folder)) {
      Path urls =
          Files.writeString(
              folder.resolve("urls"),
              origin.url() + "content.bin\n\n" + origin.url() + "second.bin\n");
      assertEquals(0, http("--urls", urls.toString()));
    }
  }

  @Test
  void aScenarioTellsOfEachPhase() throws IOException {
    Path scenario =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            description: two phases
            phases:
              - name: first
                duration: 1s
                connections: 2
                range: 1KiB
              - name: second
                duration: 1s
                connections: 4
                range: 2KiB
            """);
    try (PlainOrigin origin = PlainOrigin.start("127.0.0.1", content)) {
      assertEquals(
          0,
          new CommandLine(new ScenarioCommand())
              .execute(scenario.toString(), "--url", origin.url(), "--json"));
    }
    assertEquals(2, lines().size());
    assertEquals(1024, bytesAnAnswer(ResultLine.parse(lines().get(0))));
    assertEquals(2048, bytesAnAnswer(ResultLine.parse(lines().get(1))));
  }

  private static long bytesAnAnswer(ResultLine line) {
    return Math.round(line.megabytesPerSecond() * 1e6 * line.seconds() / line.answers());
  }

  private static int http(String... arguments) {
    String[] all = new String[arguments.length + 7];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    List<String> fixed =
        List.of("--seconds", "0.3", "--warm-up", "0.1", "--range=10KiB", "--json", "--seed=2");
    for (int i = 0; i < fixed.size(); i++) {
      all[arguments.length + i] = fixed.get(i);
    }
    return new CommandLine(new HttpLoadCommand()).execute(all);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
