package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.cli.ContentsCommand;
import io.weir.control.cli.NodesCommand;
import io.weir.control.cli.PublishCommand;
import io.weir.control.cli.PurgeCommand;
import io.weir.protocol.control.Json;
import io.weir.protocol.metainfo.Metainfo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineIT {
  private static final String ORIGIN = "http://origin.example/Film.mp4";

  @TempDir private Path dir;
  private ControlPlaneFixture weir;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws Exception {
    weir = new ControlPlaneFixture(dir);
    weir.registerNode("edge-1", 1 << 20);
  }

  @AfterEach
  void stop() {
    weir.close();
  }

  @Test
  void publishWaitsUntilReadyAndPrintsTheContentAsJson() throws Exception {
    weir.adapter.done("film.mp4", 1, TestTorrent.of("Film.mp4", 1_000, 1));
    assertEquals(0, execute("publish", ORIGIN, "--json"), err::toString);
    JsonNode content = Json.MAPPER.readTree(out.toString());
    assertEquals("ready", content.path("state").asText());
    assertEquals(1, out.toString().lines().count());
    assertTrue(err.toString().endsWith("film.mp4       100 % ready\n"), err.toString());
  }

  @Test
  void publishOfAFileNamesItByItsAbsoluteUrl() throws Exception {
    Path file = Files.writeString(dir.resolve("My File.bin"), "x");
    weir.adapter.done("mine", 1, TestTorrent.of("renamed", 1, 1));
    assertEquals(
        0, execute("publish", file.toString(), "--id", "mine", "--name", "renamed"), err::toString);
    assertEquals(file.toUri().toString(), weir.content("mine").path("origin").path("url").asText());
    assertTrue(out.toString().contains("http://edge-1.example:8080/c/mine/renamed"));
  }

  @Test
  void publishOfWhatFailsExitsWith1() throws Exception {
    weir.adapter.failed("film.mp4", 1, "the origin answers 404");
    assertEquals(1, execute("publish", ORIGIN));
    assertTrue(err.toString().contains("the origin answers 404"), err.toString());
  }

  @Test
  void publishWithoutWaitReturnsAtOnce() {
    assertEquals(0, execute("publish", ORIGIN, "--no-wait", "--json"), err::toString);
    assertTrue(out.toString().contains("\"state\":\"ingesting\""));
  }

  @Test
  void publishOfFilesBelowABaseUrl() throws Exception {
    weir.adapter.done("my-set", 1, TestTorrent.ofFiles("My Set", List.of("ä b/1", "2"), 1));
    assertEquals(
        0, execute("publish", "--base-url", "http://o/My%20Set", "ä b/1", "2"), err::toString);
    assertEquals("http://o/My%20Set/", weir.content("my-set").at("/origin/baseUrl").asText());
    assertTrue(out.toString().contains("/c/my-set/My%20Set/%C3%A4%20b/1"), out::toString);
    assertTrue(err.toString().contains("100 % ready"), err::toString);
  }

  @Test
  void publishOfFilesThatAListNamesBelowADirectory() throws Exception {
    Path list = Files.writeString(dir.resolve("list"), "a\r\n\nb/c\n");
    weir.adapter.done("set", 1, TestTorrent.ofFiles("set", List.of("a", "b/c"), 1));
    Path base = Files.createDirectory(dir.resolve("files"));
    assertEquals(
        0,
        execute(
            "publish",
            "--base-url",
            base.toString(),
            "--files-from",
            list.toString(),
            "--name",
            "set",
            "--json"),
        err::toString);
    JsonNode content = Json.MAPPER.readTree(out.toString());
    assertEquals(base.toUri().toString(), content.at("/origin/baseUrl").asText());
    assertEquals(2, content.path("fileCount").asInt());
  }

  @Test
  void publishOfATorrentServesItUnderItsOwnInfoHash() throws Exception {
    byte[] torrent = TestTorrent.ofFiles("set", List.of("a", "b"), 1);
    Path file = Files.write(dir.resolve("set.torrent"), torrent);
    weir.adapter.done("set", 1, torrent);
    assertEquals(
        0, execute("publish", "--torrent", file.toString(), "http://o/d", "--json"), err::toString);
    JsonNode content = Json.MAPPER.readTree(out.toString());
    assertEquals("http://o/d/", content.at("/origin/baseUrl").asText());
    assertEquals(Metainfo.parse(torrent).infoHash().toHex(), content.path("infoHash").asText());
    assertTrue(content.path("imported").asBoolean());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--base-url http://o/d | --base-url: needs paths or --files-from",
        "--base-url http://o/d --files-from x y | --files-from: not together with paths",
        "--base-url http://o/d --files-from /absent | --files-from: cannot read /absent",
        "--base-url http://o/d a ../b | files[1]: must not be '.' or '..'",
        "--base-url http://o/d?x a | http://o/d?x: must not have a query",
        "--base-url /absent a | /absent: no such directory",
        "--files-from x | --files-from: needs --base-url",
        "http://o/a http://o/b | one URL or file at a time",
        "--torrent /absent http://o/a | --torrent: cannot read /absent",
        "--torrent /etc/hostname http://o/a | --torrent: ",
        "--torrent x --base-url http://o/ | --torrent: names its files itself",
        "--torrent x --name y http://o/a | --torrent: has a name itself",
      })
  void wrongPublicationsAreToldAndExitWith2(String args, String told) {
    assertEquals(2, execute(("publish " + args).split(" ")));
    assertTrue(err.toString().startsWith(told), err.toString());
  }

  @Test
  void everyCommandSaysWhyTheControlPlaneDoesNotAnswer() {
    for (String command : List.of("contents", "nodes", "purge film", "publish " + ORIGIN)) {
      clear();
      String[] args = (command + " --token t --url http://127.0.0.1:1").split(" ");
      assertEquals(3, run(args), command);
      assertEquals(
          "the control plane at http://127.0.0.1:1 is unreachable: nobody accepts connections there",
          err.toString().strip());
      clear();
      assertEquals(3, run((command + " --token wrong --url " + weir.url()).split(" ")), command);
      assertEquals(
          "refused (401 Unauthorized): show the operator's token as 'Authorization: Bearer …'",
          err.toString().strip());
      assertEquals("", out.toString());
    }
    clear();
    assertEquals(3, execute("purge", "absent", "--json"));
    assertEquals(
        "refused (404 Not Found): id: no content absent is registered", err.toString().strip());
    assertEquals("", out.toString());
  }

  @Test
  void jsonIsOneDocumentOnOneLine() throws Exception {
    weir.adapter.done("film.mp4", 1, TestTorrent.of("Film.mp4", 1_000, 1));
    assertEquals(0, execute("publish", ORIGIN));
    for (String command : List.of("contents", "contents film.mp4", "nodes", "purge film.mp4")) {
      clear();
      assertEquals(0, execute((command + " --json").split(" ")), command);
      assertEquals(1, out.toString().lines().count(), command);
      assertEquals(command.endsWith("s"), Json.MAPPER.readTree(out.toString()).isArray(), command);
    }
  }

  @Test
  void reasonOfAFailureIsToldWithTheContent() throws Exception {
    weir.adapter.failed("film.mp4", 1, "the origin answers 404");
    assertEquals(1, execute("publish", ORIGIN));
    clear();
    assertEquals(0, execute("contents", "film.mp4"));
    assertEquals("film.mp4 failed: the origin answers 404", err.toString().strip());
  }

  @Test
  void helpNamesTheDefaultUrlWhateverTheEnvironmentSays() {
    assertEquals(0, run("nodes", "--help"));
    assertTrue(out.toString().contains("http://127.0.0.1:7070"), out.toString());
  }

  @Test
  void wrongCallsExitWith2() {
    assertEquals(2, execute("publish"));
    assertEquals(2, execute("publish", dir.resolve("absent").toString()));
    assertEquals(2, execute("publish", "ftp://x/y"));
    assertEquals(2, execute("publish", "http://x/y", "--id", "NO"));
    assertEquals(2, run("contents", "--token", "", "--url", weir.url()));
    assertEquals(2, run("contents", "--url", weir.url()));
    assertEquals(2, run("contents", "--token", "t", "--url", "nowhere"));
  }

  @Test
  void unreachableOrRefusingControlPlaneExitsWith3() {
    assertEquals(3, run("contents", "--token", "wrong", "--url", weir.url()));
    assertTrue(err.toString().contains("401"), err.toString());
    assertEquals(3, run("contents", "--token", "t", "--url", "http://127.0.0.1:1"));
    assertTrue(err.toString().contains("unreachable"), err.toString());
    assertEquals(3, execute("contents", "absent"));
    assertEquals(3, execute("purge", "absent"));
  }

  @Test
  void contentsAndNodesAreTables() throws Exception {
    weir.adapter.done("film.mp4", 1, TestTorrent.of("Film.mp4", 1_000, 1));
    assertEquals(0, execute("publish", ORIGIN));
    String infoHash = weir.content("film.mp4").path("infoHash").asText();
    clear();
    assertEquals(0, execute("contents"));
    assertEquals(
        List.of(
            "ID        STATE  SIZE    REPLICAS    INFO-HASH",
            "film.mp4  ready  1000 B  edge-1:0/1  " + infoHash),
        out.toString().lines().toList());
    clear();
    assertEquals(0, execute("nodes"));
    assertEquals(
        "edge-1  down   -       1.0 MiB   http://edge-1.example:8080  test",
        out.toString().lines().toList().get(1));
    clear();
    assertEquals(0, execute("purge", "film.mp4"));
    assertEquals("film.mp4 version 2", out.toString().strip());
  }

  @Test
  void listingFollowsPages() throws Exception {
    for (int i = 0; i < 130; i++) {
      weir.publish("content-" + i, "http://o/x");
    }
    assertEquals(0, execute("contents", "--json"));
    assertEquals(130, Json.MAPPER.readTree(out.toString()).size());
  }

  private void clear() {
    out = new StringWriter();
    err = new StringWriter();
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", weir.url(), "--token", ControlPlaneFixture.ADMIN));
    return run(all.toArray(String[]::new));
  }

  private int run(String... args) {
    return new CommandLine(new Root())
        .addSubcommand(new PublishCommand())
        .addSubcommand(new ContentsCommand())
        .addSubcommand(new NodesCommand())
        .addSubcommand(new PurgeCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @CommandLine.Command(name = "weir")
  private static final class Root {}
}
