package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins that may and may not be read, by address, redirect and path. */
final class AllowedOriginsIT {
  @TempDir private Path directory;
  private AdapterRig rig;
  private ScriptedOrigin origin;
  private Path root;

  @BeforeEach
  void prepare() throws Exception {
    rig = new AdapterRig(directory);
    origin = new ScriptedOrigin(300_000);
    root = Files.createDirectory(directory.resolve("root"));
  }

  @AfterEach
  void close() {
    rig.close();
    origin.close();
  }

  private void assertRefused(String url, String reason) throws Exception {
    IngestStatus status = rig.ingest("film/1", url);
    assertEquals(State.FAILED, status.state());
    assertTrue(String.valueOf(status.failure()).contains(reason), status.failure());
  }

  @Test
  void privateAddressIsRefusedBeforeAPacketLeaves() throws Exception {
    rig.withOrigins(
            new OriginAdapterConfig.Origins(List.of("127.0.0.1", "localhost"), List.of(), false))
        .start();

    assertRefused(origin.url(), "resolves to an address not allowed");
    rig.send("DELETE", "/v1/ingests/film/1");
    assertRefused(
        origin.url().replace("127.0.0.1", "localhost"), "resolves to an address not allowed");
    assertEquals(0, origin.requests());
  }

  @Test
  void hostThatIsNotOnTheListIsRefused() throws Exception {
    rig.start();

    assertRefused(
        origin.url().replace("127.0.0.1", "localhost"),
        "origin host 'localhost' is not on the allow-list");
    assertEquals(0, origin.requests());
  }

  @Test
  void redirectIsFollowedWhereItsTargetIsAllowed() throws Exception {
    redirectFrom("/moved", "/object");
    rig.start();

    String moved = origin.url().replace("/object", "/moved");
    IngestStatus status = rig.ingest("film/1", moved);
    assertEquals(State.DONE, status.state(), status.failure());
  }

  @Test
  void redirectToAHostThatIsNotAllowedIsRefused() throws Exception {
    redirectFrom("/object", "http://localhost:1/secret");
    rig.start();

    assertRefused(origin.url(), "origin host 'localhost' is not on the allow-list");
  }

  @Test
  void redirectToAFileIsRefused() throws Exception {
    redirectFrom("/object", "file:///etc/passwd");
    rig.start();

    assertRefused(origin.url(), "a redirect from HTTP to a file is refused");
  }

  @Test
  void redirectsWithoutEndAreCutAfterThree() throws Exception {
    redirectFrom("/object", "/object");
    rig.start();

    assertRefused(origin.url(), "origin redirects more than 3 times");
  }

  private void redirectFrom(String path, String location) {
    origin.answer =
        request ->
            request.getUrl().equals(path)
                ? aResponse().withStatus(302).withHeader("Location", location)
                : origin.wellBehaved(request);
  }

  @Test
  void fileBelowARootIsReadAndItsChangeIsNoticed() throws Exception {
    Path file = Files.write(root.resolve("film.mp4"), origin.content);
    rig.withSpool(0).withOrigins(roots()).start();

    assertEquals(State.DONE, rig.ingest("film/1", file.toUri().toString()).state());
    assertArrayEquals(origin.content, rig.pieces("film/1"));
    Files.write(file, new byte[300_001]);
    assertEquals(409, rig.piece("film/1", 0).statusCode());
    Files.delete(file);
    assertEquals(502, rig.piece("film/1", 0).statusCode());
  }

  @Test
  void fileOutsideTheRootsIsRefused() throws Exception {
    Path file = Files.write(directory.resolve("secret"), origin.content);
    rig.withOrigins(roots()).start();

    assertRefused(file.toUri().toString(), "the file lies in no allowed root");
    rig.send("DELETE", "/v1/ingests/film/1");
    assertRefused(root.toUri() + "../secret", "the file lies in no allowed root");
  }

  @Test
  void linkOutOfARootIsRefused() throws Exception {
    Path file = Files.write(directory.resolve("secret"), origin.content);
    Path link = Files.createSymbolicLink(root.resolve("link"), file);
    rig.withOrigins(roots()).start();

    assertRefused(link.toUri().toString(), "the file lies in no allowed root");
  }

  private OriginAdapterConfig.Origins roots() {
    return new OriginAdapterConfig.Origins(List.of(), List.of(root), false);
  }
}
