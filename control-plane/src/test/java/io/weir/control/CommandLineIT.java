package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.cli.ContentsCommand;
import io.weir.control.cli.NodesCommand;
import io.weir.control.cli.PublishCommand;
import io.weir.control.cli.PurgeCommand;
import io.weir.protocol.control.Json;
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
