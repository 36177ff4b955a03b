package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.config.ConfigException;
import io.weir.protocol.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ControlPlaneMainTest {
  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printedConfigurationReadsBackEqual() throws IOException, ConfigException {
    assertEquals(0, execute("print-config"));
    Path file = Files.writeString(dir.resolve("printed.yaml"), out.toString());
    assertEquals(
        ControlPlaneConfig.defaults(), ConfigFile.load(file, ControlPlaneConfig.defaults()));
    assertEquals(0, execute("check-config", "--config", file.toString()), err::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 0 | replicas",
        "origin-adapters: [] | origin-adapters",
        "origin-adapters: ['ftp://x'] | origin-adapters",
        "replcas: 2 | replicas",
        "listen: nowhere | listen",
      })
  void badConfigurationNamesTheKeyAndExitsWith2(String yaml, String key) throws IOException {
    Path file = Files.writeString(dir.resolve("bad.yaml"), yaml);
    assertEquals(2, execute("check-config", "--config", file.toString()));
    assertTrue(err.toString().contains(key), err.toString());
  }

  @Test
  void missingCredentialIsNamedAndExitsWith1() throws IOException {
    Path file =
        Files.writeString(dir.resolve("c.yaml"), "admin-token-file: " + dir.resolve("token"));
    assertEquals(1, execute("serve", "--config", file.toString()));
    assertTrue(err.toString().contains("admin-token-file: " + dir.resolve("token")));
  }

  @Test
  void unknownCommandExitsWith2() {
    assertEquals(2, execute("sevre"));
    assertEquals(2, execute("serve"));
  }

  @Test
  void versionIsData() {
    assertEquals(0, execute("version"));
    assertEquals("", err.toString());
    assertTrue(out.toString().strip().length() > 0);
  }

  private int execute(String... args) {
    CommandLine commandLine = ControlPlaneMain.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
