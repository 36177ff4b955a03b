package io.weir.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final SampleConfig DEFAULTS = SampleConfig.defaults();

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing but a comment\n", "---\n", "{}"})
  void emptyFileIsAllDefaults(String text) throws Exception {
    assertEquals(DEFAULTS, load(text));
  }

  @Test
  void everyTypeIsRead() throws Exception {
    SampleConfig read =
        load(
            """
            # an operator's file
            node-id: ams-1
            data-dir: ./data
            advertise: cdn.example
            udp-tracker: "[::1]:0"
            store:
              capacity: 2GiB
              heartbeat: 500ms
              replicas: 3
              limit: 9000000000
              ratio: 1
              scrub: false
            origins:
              hosts: [a.example, '*.b.example', 10]
              roots:
                - /srv
                - data
              waits: [1s, 2m]
              credentials:
                - host: 1.10
                  value-file: /etc/value
                - {host: b.example, limit: 8KiB, uses: 2, strict: true}
            mode: strict-purge
            """);
    assertEquals(
        new SampleConfig(
            "ams-1",
            Path.of("./data"),
            "cdn.example",
            new ListenAddress("::1", 0),
            new SampleConfig.Store(
                new DataSize(2L << 30), Duration.ofMillis(500), 3, 9_000_000_000L, 1, false),
            new SampleConfig.Origins(
                List.of("a.example", "*.b.example", "10"),
                List.of(Path.of("/srv"), Path.of("data")),
                List.of(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                List.of(
                    new SampleConfig.Credential("1.10", Path.of("/etc/value"), null, 0, false),
                    new SampleConfig.Credential("b.example", null, new DataSize(8192), 2, true))),
            SampleConfig.Mode.STRICT_PURGE),
        read);
  }

  @Test
  void missingKeysKeepTheirDefaults() throws Exception {
    SampleConfig read = load("store:\n  replicas: 7\n");
    assertEquals(7, read.store().replicas());
    assertEquals(DEFAULTS.store().capacity(), read.store().capacity());
    assertEquals(DEFAULTS.origins(), read.origins());
  }

  @Test
  void listReplacesTheDefaultWhole() throws Exception {
    assertEquals(List.of(), load("origins: {hosts: []}").origins().hosts());
  }

  @Test
  void nullIsAcceptedOnlyWhereTheDefaultIsNull() throws Exception {
    assertEquals(DEFAULTS, load("advertise:\n"));
    assertFault(
        "advertise: x\nnode-id:\n",
        ":2: node-id: has no value; leave the key out to keep its default");
  }

  @Test
  void textIsTakenAsWritten() throws Exception {
    assertEquals("1.10", load("node-id: 1.10").nodeId());
    assertEquals("no", load("node-id: no").nodeId());
    assertEquals("007", load("node-id: 007").nodeId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "store:%  capcity: 1GiB|:2: unknown key 'capcity' in store; did you mean 'capacity'?",
        "stroe: {}|:1: unknown key 'stroe'; did you mean 'store'?",
        "dataDir: /x|:1: unknown key 'dataDir'; did you mean 'data-dir'?",
        "origins:%  zzzzzz: 1|:2: unknown key 'zzzzzz' in origins; known are hosts, roots, waits, credentials",
        "%mode: grace%%mode: grace|:4: duplicate key 'mode', first on line 2",
        "store: {limit: 1, limit: 2}|:1: duplicate key 'limit' in store, first on line 1",
        "store:|:1: store: has no value; leave the key out to keep its default",
        "mode: ~|:1: mode: has no value; leave the key out to keep its default",
        "store: 5|:1: store: expected a section with keys of its own, not '5'",
        "store: [1]|:1: store: expected a section with keys of its own, not a list",
        "node-id: {a: b}|:1: node-id: expected a single value, not a section",
        "node-id: [a]|:1: node-id: expected a single value, not a list",
        "origins:%  hosts: a|:2: origins.hosts: expected a list, not 'a'",
        "origins:%  hosts:%  - a%  - [b]|:4: origins.hosts[1]: expected a single value, not a list",
        "origins:%  hosts:%  - a%  -|:4: origins.hosts[1]: has no value",
        "origins:%  credentials:%  - a|:3: origins.credentials[0]: expected a section with keys of its own, not 'a'",
        "origins:%  credentials:%  -|:3: origins.credentials[0]: has no value",
        "origins:%  credentials:%  - host: a%  - hots: b|:4: unknown key 'hots' in origins.credentials[1]; did you mean 'host'?",
        "origins:%  credentials:%  - host: a%    host: b|:4: duplicate key 'host' in origins.credentials[0], first on line 3",
        "origins:%  credentials:%  - host: a%    uses: b|:4: origins.credentials[0].uses: expected a whole number, not 'b'",
        "origins:%  credentials:%  - host: [b]|:3: origins.credentials[0].host: expected a single value, not a list",
        "origins:%  credentials:%  - host: a%    value-file:|:4: origins.credentials[0].value-file: has no value; leave the key out to keep its default",
        "origins:%  credentials:%  - host: a%  - uses: -1|:4: origins.credentials[1]: uses is 0 or more, not -1",
        "origins:%  credentials:%  - limit: 1KB|:3: origins.credentials[0].limit: '1KB' is not a size: a whole number and a unit, B, KiB, MiB, GiB or TiB",
        "origins: {waits: [1s, 5]}|:1: origins.waits[1]: '5' is not a duration: a whole number and a unit, ms, s, m, h or d",
        "store:%  replicas: two|:2: store.replicas: expected a whole number, not 'two'",
        "store:%  replicas: '2'|:2: store.replicas: expected a whole number, not '2'",
        "store:%  replicas: 1.5|:2: store.replicas: expected a whole number, not '1.5'",
        "store:%  replicas: 3000000000|:2: store.replicas: Numeric value (3000000000) out of range of int (-2147483648 - 2147483647)",
        "store:%  limit: 99999999999999999999|:2: store.limit: Numeric value (99999999999999999999) out of range of long (-9223372036854775808 - 9223372036854775807)",
        "store:%  ratio: half|:2: store.ratio: expected a number, not 'half'",
        "store:%  scrub: yes please|:2: store.scrub: expected true or false, not 'yes please'",
        "store:%  scrub: 1|:2: store.scrub: expected true or false, not '1'",
        "store:%  capacity: 64|:2: store.capacity: '64' is not a size: a whole number and a unit, B, KiB, MiB, GiB or TiB",
        "store:%  capacity: 64MB|:2: store.capacity: '64MB' is not a size: a whole number and a unit, B, KiB, MiB, GiB or TiB",
        "store:%  capacity: 9999999999TiB|:2: store.capacity: '9999999999TiB' is more bytes than can be counted",
        "store:%  heartbeat: 5|:2: store.heartbeat: '5' is not a duration: a whole number and a unit, ms, s, m, h or d",
        "store:%  heartbeat: 5 s|:2: store.heartbeat: '5 s' is not a duration: a whole number and a unit, ms, s, m, h or d",
        "udp-tracker: 6969|:1: udp-tracker: '6969' is not host:port or [v6]:port",
        "udp-tracker: ::1:6969|:1: udp-tracker: an IPv6 address needs brackets: '::1:6969'",
        "udp-tracker: a:65536|:1: udp-tracker: port 65536 is not within 0 to 65535",
        "mode: lenient|:1: mode: 'lenient' is not one of grace, strict-purge",
        "data-dir: \"a\\0b\"|:1: data-dir: Nul character not allowed: a\0b",
        "advertise: {}|:1: advertise: expected a single value, not a section",
        "advertise: [a]|:1: advertise: expected a single value, not a list",
        "# c%store:%  replicas: 0|:2: store: replicas is 1 or more, not 0",
        "node-id: ' '|: node-id is blank",
        "- a|:1: a file is a mapping of keys to values",
        "just text|:1: a file is a mapping of keys to values",
        "mode: grace%---%mode: grace|:3: a file is one YAML document, not several",
        "node-id: &a x%advertise: *a|:2: advertise: is a YAML alias; write the value out",
        "mode: b: c|:1: not valid YAML: mapping values are not allowed here",
        "store:%\treplicas: 1|:2: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
        "node-id: 'x|:1: not valid YAML: found unexpected end of stream",
        "origins: {hosts: [a|:1: not valid YAML: expected ',' or ']', but got <stream end>",
      })
  void faultNamesFileLineAndKey(String text, String fault) {
    assertFault(text.replace('%', '\n'), fault);
  }

  @Test
  void missingFileAndOversizedFileAndOtherEncodingsAreRefused() throws IOException {
    Path file = dir.resolve("weir.yaml");
    assertMessage(file + ": does not exist", file);
    Files.write(file, new byte[] {'a', (byte) 0xff});
    assertMessage(file + ": is not UTF-8", file);
    Files.writeString(file, "#".repeat(ConfigFile.MAX_BYTES + 1));
    assertMessage(file + ": is larger than 1MiB", file);
  }

  @Test
  void printedDefaultsAreReadable() {
    assertEquals(
        """
        node-id: edge
        data-dir: /var/lib/weir
        advertise: null
        udp-tracker: 0.0.0.0:6969
        store:
          capacity: 64MiB
          heartbeat: 5s
          replicas: 2
          limit: 9
          ratio: 0.5
          scrub: true
        origins:
          hosts:
            - origin.example
          roots: []
          waits: []
          credentials: []
        mode: grace
        """,
        ConfigFile.print(DEFAULTS));
  }

  @Test
  void printedConfigurationLoadsBackEqual() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      SampleConfig config = randomConfig(random);
      String printed = ConfigFile.print(config);
      assertEquals(config, load(printed), () -> "seed=" + seed + "\n" + printed);
    }
  }

  @Test
  void randomTextIsRefusedByConfigExceptionOnly() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String printed = ConfigFile.print(DEFAULTS);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(printed);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        char edit = ":-[]{}'\"#&*!|>%@\t\n ?~,ax0\u0000\u0085\uFEFF".charAt(random.nextInt(26));
        text.setCharAt(random.nextInt(text.length()), edit);
      }
      try {
        load(text.toString());
      } catch (ConfigException e) {
        assertTrue(e.getMessage().startsWith(dir.toString()), e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed + "\n" + text, e);
      }
    }
  }

  private static SampleConfig randomConfig(Random random) {
    return new SampleConfig(
        "n" + randomText(random),
        Path.of(randomText(random)),
        random.nextBoolean() ? null : randomText(random),
        new ListenAddress(random.nextBoolean() ? "::" : "h-1.example", random.nextInt(65536)),
        new SampleConfig.Store(
            new DataSize((random.nextLong() >>> 1) >>> random.nextInt(62)),
            Duration.ofMillis(random.nextInt(Integer.MAX_VALUE) * 100L),
            1 + random.nextInt(Integer.MAX_VALUE),
            random.nextLong(),
            random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20),
            random.nextBoolean()),
        new SampleConfig.Origins(
            IntStream.range(0, random.nextInt(4)).mapToObj(i -> randomText(random)).toList(),
            IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> Path.of(randomText(random)))
                .toList(),
            List.of(Duration.ofDays(random.nextInt(9))),
            IntStream.range(0, random.nextInt(3)).mapToObj(i -> randomCredential(random)).toList()),
        random.nextBoolean() ? SampleConfig.Mode.GRACE : SampleConfig.Mode.STRICT_PURGE);
  }

  private static SampleConfig.Credential randomCredential(Random random) {
    return new SampleConfig.Credential(
        randomText(random),
        random.nextBoolean() ? null : Path.of(randomText(random)),
        random.nextBoolean() ? null : new DataSize(random.nextInt(9)),
        random.nextInt(9),
        random.nextBoolean());
  }

  private static String randomText(Random random) {
    String[] awkward = {
      "",
      "null",
      "~",
      "no",
      "1",
      "1.10",
      "0x1f",
      "1_0",
      "-",
      "- a",
      "a: b",
      "a #b",
      "'",
      "\"",
      "[a]",
      "{",
      "&a",
      "*a",
      "!a",
      "|",
      ">",
      "%",
      "@",
      "`",
      " a",
      "a ",
      "\n",
      "a\nb",
      "a\r\nb",
      "\t",
      "é",
      "\uD83D\uDE00",
      "=",
      "<<",
      "2001-01-01",
      "1:30",
      "true",
      ".inf",
      "?",
      ":",
      "a:",
      "---",
      "...",
      "\u0085",
      "\u2028",
      "\uFEFF",
      "x".repeat(200) + " y"
    };
    String text = awkward[random.nextInt(awkward.length)];
    return random.nextBoolean() ? text : text + awkward[random.nextInt(awkward.length)];
  }

  private SampleConfig load(String text) throws ConfigException {
    Path file = dir.resolve("weir.yaml");
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ConfigFile.load(file, DEFAULTS);
  }

  private void assertFault(String text, String fault) {
    ConfigException e = assertThrows(ConfigException.class, () -> load(text));
    assertEquals(dir.resolve("weir.yaml") + fault, e.getMessage());
  }

  private static void assertMessage(String message, Path file) {
    ConfigException e = assertThrows(ConfigException.class, () -> ConfigFile.load(file, DEFAULTS));
    assertEquals(message, e.getMessage());
  }
}
