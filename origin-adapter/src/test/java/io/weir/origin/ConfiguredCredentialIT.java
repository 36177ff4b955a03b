package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A credential from the configuration to the origin, and nowhere else. */
final class ConfiguredCredentialIT {
  private static final String SECRET = "s3cret-of-the-origin";

  @TempDir private Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger weir = (Logger) LoggerFactory.getLogger("io.weir");
  private AdapterRig rig;
  private ScriptedOrigin origin;
  private Path file;

  @BeforeEach
  void prepare() throws Exception {
    weir.setLevel(Level.TRACE);
    weir.addAppender(log);
    log.start();
    origin = new ScriptedOrigin(300_000);
    origin.answer =
        request ->
            SECRET.equals(request.getHeader("X-Api-Key"))
                ? origin.wellBehaved(request)
                : aResponse().withStatus(401);
    file = Files.writeString(directory.resolve("key"), SECRET + "\n");
    rig = new AdapterRig(directory);
    rig.withOrigins(
        new OriginAdapterConfig.Origins(
            List.of("127.0.0.1"),
            List.of(),
            true,
            Duration.ZERO,
            List.of(new OriginAdapterConfig.Credential("127.0.0.1", "X-Api-Key", file, null, null)),
            4,
            new DataSize(1)));
  }

  @AfterEach
  void close() {
    rig.close();
    origin.close();
    weir.detachAppender(log);
    weir.setLevel(null);
  }

  @Test
  void originThatWantsACredentialIsIngested() throws Exception {
    rig.start();

    IngestStatus status = rig.ingest("film/1", origin.url());
    assertEquals(State.DONE, status.state(), status.failure());
    assertTellsNothing(status);
  }

  @Test
  void credentialThatIsWrongFailsTheIngestAndIsQuotedNowhere() throws Exception {
    Files.writeString(file, SECRET + "-of-last-year");
    rig.start();

    IngestStatus status = rig.ingest("film/1", origin.url());
    assertEquals(State.FAILED, status.state());
    assertEquals(
        "origin answered 401: it does not accept the credential configured for its host",
        status.failure());
    assertTellsNothing(status);
  }

  private void assertTellsNothing(IngestStatus status) throws Exception {
    String metrics = new String(rig.get("/metrics").body(), StandardCharsets.UTF_8);
    assertTrue(metrics.contains("weir_origin_requests_total"), metrics);
    assertFalse(metrics.contains(SECRET));
    assertFalse(status.toString().contains(SECRET));
    assertFalse(rig.config().toString().contains(SECRET));
    assertFalse(log.list.isEmpty());
    for (ILoggingEvent event : log.list) {
      assertFalse(event.getFormattedMessage().contains(SECRET), event.getFormattedMessage());
    }
  }

  @Test
  void startWithoutTheFileNamesIt() throws Exception {
    Files.delete(file);

    IOException failure = assertThrows(IOException.class, () -> rig.start());
    assertEquals(
        "the credential for an origin is unusable: cannot read " + file + ": NoSuchFileException",
        failure.getMessage());
  }
}
