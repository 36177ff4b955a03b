package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.control.ChangedOrigins;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import io.weir.protocol.control.IngestRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins that have other objects than were ingested, found by fills and by revalidation. */
final class ChangedOriginIT {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final String CHANGED = "weir_ingests_changed_total";

  @TempDir private Path directory;
  private AdapterRig rig;
  private DirectoryOrigin origin;

  @BeforeEach
  void prepare() throws Exception {
    origin = new DirectoryOrigin().with("a", 100).with("b", 200);
    rig = new AdapterRig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
    origin.close();
  }

  private void ingest(long spoolBytes, Duration revalidateEvery) throws Exception {
    rig.withSpool(spoolBytes).revalidatingEvery(revalidateEvery).start();
    rig.ingest("set/1", origin.request("set"));
    rig.ingest("other/7", IngestRequest.ofUrl(origin.url() + "a", "a"));
  }

  private void assertChanged(ChangedContent... contents) throws Exception {
    assertEquals(new ChangedOrigins(List.of(contents)), rig.changed());
    assertEquals(contents.length, rig.metric(CHANGED));
  }

  @Test
  void fillThatFindsAnotherEtagMarksTheVersionForGood() throws Exception {
    ingest(0, Duration.ZERO);
    origin.etag("b", "\"v2\"");

    assertEquals(409, rig.piece("set/1", 0).statusCode());
    assertEquals(409, rig.piece("set/1", 0).statusCode());
    assertChanged(new ChangedContent("set", 1));
    rig.stop();
    rig.start();
    assertEquals(List.of(new ChangedContent("set", 1)), rig.changed().contents());
    rig.send("DELETE", "/v1/ingests/set/1");
    assertEquals(List.of(), rig.changed().contents());
  }

  @Test
  void bytesThatTwiceHashOtherwiseMarkTheVersion() throws Exception {
    ingest(0, Duration.ZERO);
    origin.lies.put("a", new byte[100]);

    assertEquals(409, rig.piece("other/7", 0).statusCode());
    assertEquals(2, rig.metric("weir_fill_mismatches_total"));
    assertChanged(new ChangedContent("other", 7));
  }

  @Test
  void originThatFailsMarksNothing() throws Exception {
    ingest(0, SOON);
    origin.failing = request -> true;
    double before = rig.metric("weir_origin_requests_total{outcome=\"rejected\"}");

    assertEquals(502, rig.piece("set/1", 0).statusCode());
    awaitMetric("weir_origin_requests_total{outcome=\"rejected\"}", before + 5);

    assertChanged();
  }

  @Test
  void revalidationFindsWhatNobodyAsksForAndSpooledPiecesRemain() throws Exception {
    ingest(1 << 20, SOON);
    origin.etag("b", "\"v2\"");

    awaitMetric(CHANGED, 1);

    assertChanged(new ChangedContent("set", 1));
    assertEquals(200, rig.piece("set/1", 0).statusCode());
  }

  @Test
  void revalidationFindsAnotherLength() throws Exception {
    ingest(1 << 20, SOON);
    origin.with("a", 101);

    awaitMetric(CHANGED, 2);

    assertChanged(new ChangedContent("other", 7), new ChangedContent("set", 1));
  }

  @Test
  void revalidationOfWhatIsUnchangedMarksNothing() throws Exception {
    ingest(1 << 20, SOON);
    double before = rig.metric("weir_origin_requests_total{outcome=\"ok\"}");

    awaitMetric("weir_origin_requests_total{outcome=\"ok\"}", before + 9);

    assertChanged();
  }

  private void awaitMetric(String sample, double atLeast) throws Exception {
    long begun = System.nanoTime();
    while (rig.metric(sample) < atLeast) {
      assertTrue(
          System.nanoTime() - begun < Duration.ofSeconds(30).toNanos(),
          sample + " is " + rig.metric(sample));
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
