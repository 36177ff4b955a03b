package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.config.ConfigFile;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class OriginAdapterMainTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = OriginAdapterMain.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private String config(String yaml) throws Exception {
    return Files.writeString(directory.resolve("adapter.yaml"), yaml).toString();
  }

  @Test
  void referenceFileIsTheDefaults() throws Exception {
    Path reference = Path.of(OriginAdapterMain.class.getResource("origin-adapter.yaml").toURI());
    assertEquals(
        OriginAdapterConfig.defaults(),
        ConfigFile.load(
            reference,
            new OriginAdapterConfig(
                OriginAdapterConfig.defaults().listen(),
                Path.of("/elsewhere"),
                Path.of("/elsewhere"),
                OriginAdapterConfig.defaults().origins(),
                OriginAdapterConfig.defaults().spool(),
                TorrentFormat.HYBRID)));
  }

  @Test
  void printedConfigurationIsReadBackEqual() throws Exception {
    assertEquals(0, run("print-config"));
    Path printed = Path.of(config(out.toString()));
    assertEquals(
        OriginAdapterConfig.defaults(), ConfigFile.load(printed, OriginAdapterConfig.defaults()));
  }

  @Test
  void configurationThatCanBeUsedIsSaidToBe() throws Exception {
    assertEquals(0, run("check-config", "--config", config("listen: 127.0.0.1:0\n")));
    assertTrue(out.toString().endsWith("ok" + System.lineSeparator()));
  }

  @Test
  void configurationThatCannotBeUsedIsNamedWithItsLine() throws Exception {
    String file = config("origins:\n  hosts: ['*']\n");
    assertEquals(2, run("check-config", "--config", file));
    assertTrue(err.toString().contains("adapter.yaml:"), err.toString());
    assertTrue(err.toString().contains("not a host or *.domain: *"), err.toString());
  }

  @Test
  void startWithoutCredentialFails() throws Exception {
    String file =
        config(
            "listen: 127.0.0.1:0\ndata-dir: %s\ncredential-file: %s\n"
                .formatted(directory, directory.resolve("none")));
    assertEquals(1, run("serve", "--config", file));
    assertTrue(err.toString().contains("node credential"), err.toString());
  }

  @Test
  void wrongUsageIsToldApartFromFailure() {
    assertEquals(2, run("serve"));
    assertEquals(2, run("dance"));
  }

  @Test
  void versionIsPrinted() {
    assertEquals(0, run("version"));
    assertFalse(out.toString().isBlank());
  }
}
