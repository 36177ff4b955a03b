package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.origin.source.ReadBounds;
import io.weir.protocol.config.ConfigFile;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                new OriginAdapterConfig.Origins(
                    List.of("elsewhere"),
                    List.of(Path.of("/elsewhere")),
                    true,
                    Duration.ofSeconds(7),
                    List.of(
                        new OriginAdapterConfig.Credential(
                            "elsewhere", "X-Key", Path.of("/elsewhere"), null, null)),
                    1,
                    new DataSize(1)),
                OriginAdapterConfig.defaults().spool(),
                TorrentFormat.HYBRID,
                Duration.ZERO)));
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

  private static final String TERMS =
      """
      origins:
        hosts: [origin.example, films.example]
        credentials:
          - host: origin.example
            header: X-Api-Key
            value-file: /etc/weir/key
          - host: films.example
            username: weir
            password-file: /etc/weir/password
        connections-per-host: 3
        minimum-rate: 2KiB
      """;

  @Test
  void termsOfOriginsAreReadAndTakeEffect() throws Exception {
    OriginAdapterConfig.Origins origins =
        ConfigFile.load(Path.of(config(TERMS)), OriginAdapterConfig.defaults()).origins();

    assertEquals(
        List.of(
            new OriginAdapterConfig.Credential(
                "origin.example", "X-Api-Key", Path.of("/etc/weir/key"), null, null),
            new OriginAdapterConfig.Credential(
                "films.example", null, null, "weir", Path.of("/etc/weir/password"))),
        origins.credentials());
    assertEquals(ReadBounds.of(2048, 3), origins.bounds());
    assertEquals(2, origins.originCredentials().inOrder().size());
  }

  @Test
  void configurationWithCredentialsIsPrintedAsItWasRead() throws Exception {
    assertEquals(0, run("print-config", "--config", config(TERMS)));
    assertEquals(
        ConfigFile.load(Path.of(config(TERMS)), OriginAdapterConfig.defaults()),
        ConfigFile.load(Path.of(config(out.toString())), OriginAdapterConfig.defaults()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "credentials: [{host: a.example}]|a credential is header and value-file, or username and",
        "credentials: [{header: A, value-file: /a}]|a credential needs a host",
        "credentials: [{host: a, header: A, value-file: /a, username: b}]|a credential is header",
        "credentials: [{host: a, header: A, password-file: /a}]|a credential is header",
        "credentials: [{host: '*', header: A, value-file: /a}]|not a host or *.domain: *",
        "credentials: [{host: a, header: Host, value-file: /a}]|header 'Host' cannot carry a",
        "credentials: [{host: a, username: 'b:c', password-file: /a}]|a username is not empty",
        "credentials: [{host: a, password: b}]|unknown key 'password' in origins.credentials[0]",
        "connections-per-host: 0|connections-per-host is 1 to 256",
        "connections-per-host: 257|connections-per-host is 1 to 256",
        "minimum-rate: 0B|minimum-rate is 1B or more",
      })
  void termsThatCannotBeUsedAreNamedWithTheirLine(String key, String fault) throws Exception {
    assertEquals(2, run("check-config", "--config", config("origins:\n  " + key + "\n")));
    assertTrue(err.toString().contains("adapter.yaml:"), err.toString());
    assertTrue(err.toString().contains(fault), err.toString());
  }

  @Test
  void startWithoutCredentialFails() throws Exception {
    String file =
        config(
            "listen: 127.0.0.1:0\ndata-dir: %s\ncredential-file: %s\n"
                .formatted(directory, directory.resolve("none")));
    assertEquals(1, run("serve", "--config", file));
    assertTrue(err.toString().contains("credential-file: "), err.toString());
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
