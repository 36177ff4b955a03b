package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentIT {
  private static final String ORIGIN = "http://origin.example/film.mp4";

  @TempDir private Path dir;
  private ControlPlaneFixture weir;

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
  void assignmentHoldsContentsReplicasAndNodes() throws Exception {
    weir.registerNode("edge-2", 1 << 20);
    weir.registerNode("edge-3", 1 << 20);
    weir.adapter.done("film", 1, TestTorrent.of("film.mp4", 1_000, 1));
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
    weir.adapter.failed("broken", 1, "no");
    weir.publish("broken", ORIGIN);
    weir.awaitState("broken", "failed");

    Assignment assignment = assignment(-1);
    assertEquals(3, assignment.nodes().size());
    assertEquals(1, assignment.contents().size());
    AssignedContent film = assignment.contents().get(0);
    assertTrue(film.ready());
    assertEquals(2, film.replicas().size());
    assertEquals(weir.adapter.url(), film.originAdapter());
    assertEquals(weir.content("film").path("infoHash").asText(), film.infoHash());
  }

  @Test
  void sameVersionWithoutWaitIsAnsweredWith204() throws Exception {
    assertEquals(204, ask("edge-1", assignment(-1).version(), 0).status());
  }

  @Test
  void waitEndsWith204WhenNothingChanges() throws Exception {
    long version = assignment(-1).version();
    long before = System.nanoTime();
    assertEquals(204, ask("edge-1", version, 1).status());
    assertTrue(System.nanoTime() - before >= TimeUnit.MILLISECONDS.toNanos(900));
  }

  @Test
  void changeWakesEveryWaiter() throws Exception {
    for (int i = 2; i <= 40; i++) {
      weir.registerNode("edge-" + i, 1 << 20);
    }
    long version = assignment(-1).version();
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      waiting.add(later("edge-" + i, version, 60));
    }
    weir.adapter.hashing("film", 1, 1, 2);
    weir.publish("film", ORIGIN);
    for (CompletableFuture<Answer> waiter : waiting) {
      Answer answer = waiter.get(15, TimeUnit.SECONDS);
      assertEquals(200, answer.status());
      Assignment woken = Json.MAPPER.readValue(answer.bytes(), Assignment.class);
      assertTrue(woken.version() > version);
      assertEquals(1, woken.contents().size());
    }
  }

  @Test
  void nodeThatAsksAgainReleasesItsEarlierRequest() throws Exception {
    long version = assignment(-1).version();
    CompletableFuture<Answer> first = later("edge-1", version, 60);
    while (!first.isDone()) {
      // Whichever of the two is parked last stays; the other is answered at once.
      CompletableFuture<Answer> second = later("edge-1", version, 1);
      CompletableFuture.anyOf(first, second).get(15, TimeUnit.SECONDS);
    }
    assertEquals(204, first.get().status());
  }

  @Test
  void equalRegistrationDoesNotMakeANewVersionButAnotherDoes() throws Exception {
    long version = assignment(-1).version();
    weir.registerNode("edge-1", 1 << 20);
    assertEquals(204, ask("edge-1", version, 0).status());
    weir.registerNode("edge-1", 1 << 21);
    assertEquals(version + 1, assignment(version).version());
  }

  @Test
  void waitsAreBounded() throws Exception {
    assertEquals(400, ask("edge-1", 0, 61).status());
    assertEquals(400, ask("edge-1", -2, 0).status());
    assertEquals(404, ask("stranger", -1, 0).status());
  }

  @Test
  void heartbeatMakesANodeUp() throws Exception {
    assertEquals("down", node().path("state").asText());
    weir.heartbeat("edge-1");
    assertEquals("up", node().path("state").asText());
    assertEquals(4_096, node().path("storedBytes").asLong());
    assertFalse(node().path("lastHeartbeatAt").isNull());
    assertEquals(404, weir.node("POST", "/v1/nodes/stranger/heartbeat", null).status());
  }

  private JsonNode node() throws Exception {
    return weir.admin("GET", "/v1/nodes/edge-1").json();
  }

  private Assignment assignment(long after) throws Exception {
    Answer answer = ask("edge-1", after, 0);
    assertEquals(200, answer.status(), answer::text);
    return Json.MAPPER.readValue(answer.bytes(), Assignment.class);
  }

  private Answer ask(String node, long after, int wait) throws Exception {
    String path = "/v1/nodes/" + node + "/assignment?after=" + after + "&wait=" + wait;
    return weir.node("GET", path, null);
  }

  private CompletableFuture<Answer> later(String node, long after, int wait) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ask(node, after, wait);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        command -> new Thread(command).start());
  }
}
