package io.weir.loadtest.rig.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpLoadIT {
  private static final int OBJECT_BYTES = 1 << 20;
  private static final HttpLoadPlan.Tls NO_TLS = new HttpLoadPlan.Tls(false, false);

  @TempDir private Path folder;

  private byte[] content;
  private Path original;
  private RangeServer server;

  @BeforeEach
  void serve() throws IOException {
    content = new byte[OBJECT_BYTES];
    new Random(3).nextBytes(content);
    original = Files.write(folder.resolve("original"), content);
    server = RangeServer.start(content);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void rightAnswersAreCountedComparedAndTimed() throws Exception {
    for (int rangeBytes : new int[] {1, 16 << 10, 200_000}) {
      LoadResult result = run(demand(4, rangeBytes, new Pace.Closed()), original, null);
      assertEquals(List.of(), result.faults());
      assertTrue(result.verified() > 0, "some were compared");
      assertEquals(result.answers() * rangeBytes, result.bytes());
      assertEquals(result.answers(), result.latencyMicros().getTotalCount());
      assertTrue(result.generatorCores() > 0);
    }
  }

  @Test
  void wrongBytesFailTheRun() throws Exception {
    server.corrupt();
    LoadResult result = run(demand(2, 16 << 10, new Pace.Closed()), original, null);
    assertTrue(result.failed() > 0);
    assertTrue(result.faults().get(0).contains("wrong bytes in the range from"), "" + result);
  }

  @Test
  void aServerThatHangsUpFailsTheRun() throws Exception {
    server.beforeAnswer(
        number -> {
          if (number == 20) {
            throw new IllegalStateException("hang up");
          }
        });
    LoadResult result = run(demand(2, 16 << 10, new Pace.Closed()), null, null);
    assertEquals(1, result.failed());
    assertEquals(List.of("the server closed the connection"), result.failures());
  }

  /** Coordinated omission: a closed loop would have sent one request meanwhile, and seen one. */
  @Test
  void aStallIsChargedForEveryRequestThatWasDueMeanwhile() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.beforeAnswer(
        number -> {
          if (number == 100) {
            await(over, 250);
          }
        });
    LoadResult result = run(demand(1, 1_000, new Pace.Open(500)), null, null);
    assertTrue(
        result.latencyMicros().getValueAtPercentile(80) > 50_000,
        "a fifth of the requests were due within the stall: "
            + result.latencyMicros().getValueAtPercentile(80));
    assertTrue(result.latencyMicros().getMaxValue() > 200_000);
  }

  @Test
  void aRateThatTheServerCannotGiveFailsTheRun() throws Exception {
    server.beforeAnswer(number -> await(new CountDownLatch(1), 10));
    LoadResult result = run(demand(2, 1_000, new Pace.Open(1_000)), null, null);
    assertEquals(1, result.faults().size());
    assertTrue(result.faults().get(0).startsWith("rate missed"), result.faults().get(0));
  }

  @Test
  void theServersCpuTimeIsMeasured() throws Exception {
    LoadResult result =
        run(demand(4, 16 << 10, new Pace.Closed()), null, ProcessHandle.current().pid());
    assertNotNull(result.server());
    assertTrue(result.server().cpuSeconds() > 0.1, "this process is both: " + result.server());
    assertTrue(result.server().residentBytes() > 10 << 20);
  }

  @Test
  void aProcessThatIsNotThereIsAnError() {
    assertThrows(
        IOException.class,
        () -> run(demand(1, 1_000, new Pace.Closed()), null, (long) Integer.MAX_VALUE));
  }

  @Test
  void connectionsOpenOverTheRamp() throws Exception {
    HttpDemand demand =
        new HttpDemand(
            10,
            Duration.ofHours(1),
            1_000,
            Spread.UNIFORM,
            Popularity.ZIPF,
            new Pace.Closed(),
            0,
            0);
    assertEquals(List.of(), run(demand, null, null).faults());
    // One for the run, one for the question how long the object is: the others would come later.
    assertEquals(2, server.connections());
  }

  @Test
  void aCatalogueIsAskedForInTurn() throws Exception {
    List<URI> urls = IntStream.range(0, 20).mapToObj(i -> server.url("/c/" + i)).toList();
    HttpDemand demand =
        new HttpDemand(
            2, Duration.ZERO, 1_000, Spread.ZIPF, Popularity.IN_TURN, new Pace.Open(100), 0, 0);
    assertEquals(List.of(), run(urls, demand, null, NO_TLS, null).faults());
    assertEquals(Set.copyOf(urls.stream().map(URI::getPath).toList()), server.paths());
  }

  @Test
  void slowReadersTakeLittleAndDisturbNobody() throws Exception {
    HttpDemand demand =
        new HttpDemand(
            2, Duration.ZERO, 1_000, Spread.UNIFORM, Popularity.ZIPF, new Pace.Closed(), 3, 10_000);
    LoadResult result = run(demand, null, null);
    assertEquals(List.of(), result.faults());
    assertEquals(result.answers() * 1_000, result.bytes());
    assertEquals(6, server.connections());
  }

  @Test
  void tlsAnswersAreReadWhole() throws Exception {
    serveTls();
    LoadResult result =
        run(
            List.of(server.url("/")),
            demand(2, 50_000, new Pace.Closed()),
            original,
            new HttpLoadPlan.Tls(true, false),
            null);
    assertEquals(List.of(), result.faults());
    assertTrue(result.answers() > 0 && result.verified() > 0, "some were compared: " + result);
  }

  @Test
  void discardedCiphertextIsCountedToTheByte() throws Exception {
    serveTls();
    LoadResult result =
        run(
            List.of(server.url("/")),
            demand(2, 50_000, new Pace.Closed()),
            original,
            new HttpLoadPlan.Tls(true, true),
            null);
    assertEquals(List.of(), result.faults());
    assertTrue(result.bytes() >= 50_000, "" + result);
    assertTrue(result.verified() <= 2, "only first answers are decrypted: " + result);
  }

  @Test
  void wrongBytesAreFoundUnderTlsBeforeCiphertextIsDiscarded() throws Exception {
    serveTls();
    server.corrupt();
    LoadResult result =
        run(
            List.of(server.url("/")),
            demand(2, 50_000, new Pace.Closed()),
            original,
            new HttpLoadPlan.Tls(true, true),
            null);
    assertEquals(2, result.failed(), "each connection's first answer: " + result);
    assertTrue(result.faults().get(0).contains("wrong bytes"), "" + result);
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() throws Exception {
    serveTls();
    assertThrows(
        IOException.class,
        () ->
            run(List.of(server.url("/")), demand(1, 1_000, new Pace.Closed()), null, NO_TLS, null));
  }

  @Test
  void aServerThatIsNotThereIsAnError() throws Exception {
    server.close();
    IOException refused =
        assertThrows(IOException.class, () -> run(demand(1, 1_000, new Pace.Closed()), null, null));
    assertTrue(refused.getMessage().contains("refused"), refused.getMessage());
  }

  private void serveTls() throws Exception {
    server.close();
    server = RangeServer.startTls(content, SelfSigned.listener(folder));
  }

  private LoadResult run(HttpDemand demand, @Nullable Path compared, @Nullable Long pid)
      throws Exception {
    return run(List.of(server.url("/")), demand, compared, NO_TLS, pid);
  }

  private LoadResult run(
      List<URI> urls,
      HttpDemand demand,
      @Nullable Path compared,
      HttpLoadPlan.Tls tls,
      @Nullable Long pid)
      throws Exception {
    return new HttpLoad(
            new HttpLoadPlan(
                urls,
                demand,
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                compared,
                tls,
                pid,
                1))
        .run();
  }

  private static HttpDemand demand(int connections, int rangeBytes, Pace pace) {
    return new HttpDemand(
        connections, Duration.ZERO, rangeBytes, Spread.UNIFORM, Popularity.ZIPF, pace, 0, 0);
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      boolean unused = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
