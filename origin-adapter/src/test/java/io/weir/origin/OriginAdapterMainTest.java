package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.weir.origin.source.ReadBounds;
import io.weir.protocol.config.ConfigFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class OriginAdapterMainTest {
  private static final String COMMAND = "origin-adapter";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "origin: {}|:1: unknown key 'origin'; did you mean 'origins'?",
        "listen: 127.0.0.1:1%listen: 127.0.0.1:2|:2: duplicate key 'listen', first on line 1",
        "listen: 127.0.0.1|:1: listen: '127.0.0.1' is not host:port or [v6]:port",
        "listen: '[::1]'|:1: listen: '[::1]' is not host:port or [v6]:port",
        "data-dir: {}|:1: data-dir: expected a single value, not a section",
        "credential-file:|:1: credential-file: has no value; leave the key out to keep its default",
        "credential: x|:1: unknown key 'credential'; did you mean 'credential-file'?",
        "origins: all|:1: origins: expected a section with keys of its own, not 'all'",
        "origins:%  hosts: a|:2: origins.hosts: expected a list, not 'a'",
        "origins:%  hosts: ['*']|:1: origins: not a host or *.domain: *",
        "origins:%  hosts:%    - [a]|:3: origins.hosts[0]: expected a single value, not a list",
        "origins:%  hosts: &a [b]%  roots: *a|:3: origins.roots: is a YAML alias; write the value out",
        "origins:%  root: []|:2: unknown key 'root' in origins; did you mean 'roots'?",
        "origins:%  private-addresses: sometimes|:2: origins.private-addresses: expected true or false, not 'sometimes'",
        "origins:%	hosts: []|:2: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
        "spool: 20GiB|:1: spool: expected a section with keys of its own, not '20GiB'",
        "spool:%  capacity: lots|:2: spool.capacity: 'lots' is not a size: a whole number and a unit, B, KiB, MiB, GiB or TiB",
        "spool:%  capacity: 9999999999TiB|:2: spool.capacity: '9999999999TiB' is more bytes than can be counted",
        "torrent-format: v3|:1: torrent-format: 'v3' is not one of v1, hybrid",
        "shutdown-grace: soon|:1: shutdown-grace: 'soon' is not a duration: a whole number and a unit, ms, s, m, h or d",
        "shutdown-grace: 2d|:1: shutdown-grace: must be 1h or less",
        "origins: {hosts: [a|:1: not valid YAML: expected ',' or ']', but got <stream end>",
        "- a|:1: a file is a mapping of keys to values",
        "just text|:1: a file is a mapping of keys to values",
        "torrent-format: v1%---%torrent-format: v1|:3: a file is one YAML document, not several"
      })
  void fileThatCannotBeUsedIsNamedWithLineKeyAndFault(String yaml, String fault) throws Exception {
    Path file = Files.writeString(directory.resolve("weir.yaml"), yaml.replace('%', '\n'));
    assertEquals(2, run("check-config", "--config", file.toString()));
    assertEquals(COMMAND + ": " + file + fault, err.toString().strip());
    assertEquals(2, run("serve", "--config", file.toString()));
    assertEquals("", out.toString());
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws Exception {
    assertUnusable(directory.resolve("none"), ": does not exist");
    assertUnusable(directory, ": cannot be read: Is a directory");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xca, (byte) 0xfe});
    assertUnusable(binary, ": is not UTF-8");
    Path zeros = Files.write(directory.resolve("zeros"), new byte[4096]);
    assertUnusable(zeros, ": not valid YAML: special characters are not allowed");
    Path huge = Files.writeString(directory.resolve("huge"), "#".repeat(ConfigFile.MAX_BYTES + 1));
    assertUnusable(huge, ": is larger than 1MiB");
  }

  @Test
  void emptyFileIsTheDefaults() throws Exception {
    Path file = Files.writeString(directory.resolve("empty.yaml"), "");
    assertEquals(0, run("print-config", "--config", file.toString()));
    assertEquals(ConfigFile.print(OriginAdapterConfig.defaults()), out.toString());
  }

  @Test
  void referenceFileSaysEveryKeyWithItsDefault() throws Exception {
    Path reference = Path.of(OriginAdapterMain.class.getResource(COMMAND + ".yaml").toURI());
    YAMLMapper yaml = new YAMLMapper();
    assertEquals(
        yaml.readTree(ConfigFile.print(OriginAdapterConfig.defaults())),
        yaml.readTree(reference.toFile()));
  }

  private void assertUnusable(Path file, String fault) {
    err.getBuffer().setLength(0);
    assertEquals(2, run("check-config", "--config", file.toString()));
    assertEquals(COMMAND + ": " + file + fault, err.toString().strip());
  }

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
