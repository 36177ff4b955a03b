package io.weir.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.control.view.PublishRequest;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An origin that changes under a content that is served. */
class NextVersionIT {
  private static final String ORIGIN = "http://origin.example/film";
  private static final byte[] FIRST = TestTorrent.of("film", 600_000, 1);
  private static final byte[] SECOND = TestTorrent.of("film", 700_000, 2);

  @TempDir private Path dir;
  private ControlPlaneFixture weir;

  @BeforeEach
  void start() throws Exception {
    weir = new ControlPlaneFixture(dir);
    weir.registerNode("edge-1", 1 << 20);
    weir.adapter.done("film", 1, FIRST);
    weir.publish("film", ORIGIN);
    weir.awaitState("film", "ready");
  }

  @AfterEach
  void stop() {
    weir.close();
  }

  private JsonNode awaitNext(String state) throws Exception {
    ControlPlaneFixture.await(
        "next is " + state, () -> weir.content("film").at("/next/state").asText().equals(state));
    return weir.content("film").path("next");
  }

  private JsonNode awaitVersion(int version) throws Exception {
    ControlPlaneFixture.await(
        "version " + version + " is ready",
        () ->
            weir.content("film").path("version").asInt() == version
                && weir.content("film").path("state").asText().equals("ready"));
    return weir.content("film");
  }

  private void assertServed(int version, byte[] torrent) throws Exception {
    String infoHash = Metainfo.parse(torrent).infoHash().toHex();
    List<AssignedContent> assigned = weir.assigned();
    assertEquals(1, assigned.size());
    assertEquals(version, assigned.get(0).contentVersion());
    assertTrue(assigned.get(0).ready());
    assertEquals(infoHash, assigned.get(0).infoHash());
    assertEquals(200, weir.node("GET", "/v1/nodes/edge-1/metainfo/film/" + version, null).status());
    assertEquals(
        404, weir.node("GET", "/v1/nodes/edge-1/metainfo/film/" + (3 - version), null).status());
  }

  @Test
  void presentVersionIsServedUntilTheNextTakesItsPlaceAtOnce() throws Exception {
    String before = weir.admin("GET", "/v1/contents/film").header("ETag");
    long snapshot = snapshotVersion();
    weir.adapter.hashing("film", 2, 10, 20);
    weir.adapter.changed(new ChangedContent("film", 1));
    awaitNext("ingesting");
    ControlPlaneFixture.await(
        "its progress is told",
        () -> weir.content("film").at("/next/progress/hashedBytes").asInt() == 10);
    JsonNode during = weir.content("film");
    assertEquals(2, during.at("/next/version").asInt());
    assertEquals("ready", during.path("state").asText());
    assertEquals(1, during.path("version").asInt());
    assertEquals(600_000, during.at("/progress/hashedBytes").asInt());
    assertServed(1, FIRST);
    assertEquals(snapshot, snapshotVersion());
    assertNotEquals(before, weir.admin("GET", "/v1/contents/film").header("ETag"));
    assertFalse(weir.adapter.forgot("film", 1));

    weir.adapter.done("film", 2, SECOND);
    JsonNode after = awaitVersion(2);
    assertTrue(after.path("next").isNull());
    assertEquals(700_000, after.path("lengthBytes").asInt());
    assertServed(2, SECOND);
    assertEquals(snapshot + 1, snapshotVersion());
    ControlPlaneFixture.await("1 is forgotten", () -> weir.adapter.forgot("film", 1));
    assertFalse(weir.adapter.forgot("film", 2));
  }

  private long snapshotVersion() throws Exception {
    return weir.node("GET", "/v1/nodes/edge-1/assignment", null).json().path("version").asLong();
  }

  @Test
  void nextThatFailsLeavesThePresentAndSaysWhy() throws Exception {
    weir.adapter.failed("film", 2, "the origin answers 404");
    weir.adapter.changed(new ChangedContent("film", 1));
    JsonNode next = awaitNext("failed");
    assertEquals("the origin answers 404", next.path("failure").asText());
    assertFalse(next.path("retryAt").isNull());
    assertEquals("ready", weir.content("film").path("state").asText());
    assertTrue(weir.content("film").path("failure").isNull());
    assertServed(1, FIRST);
    ControlPlaneFixture.await("2 is forgotten", () -> weir.adapter.forgot("film", 2));

    weir.restart();
    assertEquals(next, weir.content("film").path("next"));
    assertFalse(weir.adapter.forgot("film", 1));

    weir.adapter.done("film", 3, SECOND);
    assertEquals(202, weir.admin("POST", "/v1/contents/film/purge").status());
    assertTrue(weir.content("film").path("next").isNull());
    awaitVersion(3);
  }

  @Test
  void otherOriginSupersedesPresentAndNextAtOnce() throws Exception {
    weir.adapter.hashing("film", 2, 1, 2);
    weir.adapter.changed(new ChangedContent("film", 1));
    awaitNext("ingesting");
    Answer other = weir.publish("film", "http://origin.example/other");
    assertEquals(202, other.status());
    assertEquals(3, other.json().path("version").asInt());
    assertEquals("ingesting", other.json().path("state").asText());
    assertTrue(other.json().path("next").isNull());
    ControlPlaneFixture.await(
        "both are forgotten",
        () -> weir.adapter.forgot("film", 1) && weir.adapter.forgot("film", 2));
  }

  @Test
  void deletedContentLosesItsNextVersionToo() throws Exception {
    weir.adapter.hashing("film", 2, 1, 2);
    weir.adapter.changed(new ChangedContent("film", 1));
    awaitNext("ingesting");
    assertEquals(204, weir.admin("DELETE", "/v1/contents/film").status());
    ControlPlaneFixture.await(
        "both are forgotten",
        () -> weir.adapter.forgot("film", 1) && weir.adapter.forgot("film", 2));
    assertEquals(List.of(), weir.assigned());
  }

  @Test
  void onlyServedVersionsThatWereNotImportedAreFollowed() throws Exception {
    weir.adapter.done("imported", 1, FIRST);
    weir.publish(
        "imported",
        new PublishRequest(
            OriginLocation.ofUrl(ORIGIN), null, Base64.getEncoder().encodeToString(FIRST)));
    weir.awaitState("imported", "ready");
    weir.adapter.done("marker", 1, FIRST);
    weir.publish("marker", ORIGIN);
    weir.awaitState("marker", "ready");
    weir.adapter.hashing("marker", 2, 1, 2);
    weir.adapter.changed(
        new ChangedContent("imported", 1),
        new ChangedContent("film", 2),
        new ChangedContent("absent", 1),
        new ChangedContent("marker", 1)); // last: once it is followed, the others were looked at
    ControlPlaneFixture.await(
        "marker has a next version", () -> !weir.content("marker").path("next").isNull());
    assertTrue(weir.content("imported").path("next").isNull());
    assertTrue(weir.content("film").path("next").isNull());
    assertEquals(404, weir.admin("GET", "/v1/contents/absent").status());
  }

  @Test
  void adapterThatDoesNotWatchOriginsIsFine() throws Exception {
    weir.adapter.doesNotWatch();
    ControlPlaneFixture.await(
        "it was asked",
        () -> weir.adapter.heard().stream().filter("GET /v1/changed"::equals).count() > 1);
    weir.adapter.done("other", 1, FIRST);
    weir.publish("other", ORIGIN);
    weir.awaitState("other", "ready");
  }

  @Test
  void nextVersionThatNoAdapterHeardOfIsAskedForAfterARestart() throws Exception {
    weir.adapter.refuses("film", 2, 503, "starting");
    weir.adapter.changed(new ChangedContent("film", 1));
    awaitNext("ingesting");
    weir.restart();
    assertServed(1, FIRST);
    weir.adapter.changed(); // even if the adapter forgets of the change
    weir.adapter.done("film", 2, SECOND);
    awaitVersion(2);
    assertServed(2, SECOND);
  }

  @Test
  void nextVersionThatIsDoneTakesOverAfterARestart() throws Exception {
    weir.adapter.doneButMetainfoIsAway("film", 2);
    weir.adapter.changed(new ChangedContent("film", 1));
    ControlPlaneFixture.await(
        "its metainfo is asked for",
        () -> weir.adapter.heard().contains("GET " + AdapterStub.path("film", 2) + "/metainfo"));
    weir.restart();
    assertServed(1, FIRST);
    weir.adapter.done("film", 2, SECOND);
    awaitVersion(2);
    assertServed(2, SECOND);
  }

  @Test
  void supersededVersionIsForgottenAfterARestart() throws Exception {
    weir.adapter.forgets(false);
    weir.adapter.done("film", 2, SECOND);
    weir.adapter.changed(new ChangedContent("film", 1));
    awaitVersion(2);
    ControlPlaneFixture.await("a try to forget", () -> weir.adapter.forgot("film", 1));
    weir.restart();
    long tries = tries();
    weir.adapter.forgets(true);
    ControlPlaneFixture.await("another try", () -> tries() > tries);
    assertServed(2, SECOND);
  }

  private long tries() {
    return weir.adapter.heard().stream()
        .filter(("DELETE " + AdapterStub.path("film", 1))::equals)
        .count();
  }
}
