package io.weir.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.config.ConfigFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EdgeMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void printedDefaultsReadBackEqual() throws Exception {
    assertEquals(0, run("print-config"));
    Path file = Files.writeString(directory.resolve("edge.yaml"), out.toString());
    assertEquals(EdgeConfig.defaults(), ConfigFile.load(file, EdgeConfig.defaults()));
    assertEquals(0, run("check-config", "--config", file.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node-id: Not Good                    | node-id",
        "hot-teir: {capacity: 1MiB}           | hot-tier",
        "hot-tier: {capacity: 0B}             | capacity",
        "control-plane: {url: 'ftp://x'}      | url",
        "control-plane: {heartbeat: 0s}       | heartbeat",
        "listen: {http: '127.0.0.1'}          | http"
      })
  void configurationThatCannotBeUsedIsNamed(String yaml, String named) throws Exception {
    Path file = Files.writeString(directory.resolve("edge.yaml"), yaml);
    assertEquals(2, run("check-config", "--config", file.toString()));
    assertTrue(err.toString().contains(named), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void wrongUseExitsWithTwo() {
    assertEquals(2, run("serve"));
    assertEquals(2, run("no-such-command"));
  }

  @Test
  void nodeThatCannotStartExitsWithOneAndSaysWhy() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("edge.yaml"),
            "data-dir: %s\ncontrol-plane: {credential-file: %s}\n"
                .formatted(directory.resolve("data"), directory.resolve("none")));
    assertEquals(1, run("serve", "--config", file.toString()));
    assertTrue(err.toString().contains("control-plane.credential-file: "), err.toString());
  }

  @Test
  void versionIsPrinted() {
    assertEquals(0, run("version"));
    assertTrue(!out.toString().isBlank());
  }

  private int run(String... args) {
    CommandLine command = EdgeMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
