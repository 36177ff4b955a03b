package io.weir.origin.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.content.Crew;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.OriginAllowList;
import io.weir.origin.source.OriginCredentials;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadBounds;
import io.weir.origin.source.SystemClock;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.Spool;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registration without any ingest running: the pool's only thread is kept busy. */
final class IngestsTest {
  private static final IngestRequest REQUEST = IngestRequest.ofUrl("http://origin.example/a", "a");

  @TempDir private Path directory;
  private final OriginMetrics metrics = new OriginMetrics(new SimpleMeterRegistry());
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(2);
  private final ExecutorService jobs = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue);
  private final LinkedBlockingQueue<Boolean> end = new LinkedBlockingQueue<>();
  private OriginReader reader;

  @BeforeEach
  void prepare() {
    reader =
        new OriginReader(
            new OriginAllowList(List.of(), List.of(), false),
            new OriginCredentials(List.of()),
            ReadBounds.of(1, 1),
            new Random(1),
            new SystemClock(),
            metrics);
    jobs.execute(
        () -> {
          try {
            end.take();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @AfterEach
  void close() {
    queue.clear();
    end.add(true);
    jobs.shutdown();
    reader.close();
  }

  private Ingests ingests(int maxKnown) throws Exception {
    Spool spool = new Spool(directory.resolve("spool"), 100, metrics);
    return new Ingests(
        directory.resolve("ingests"),
        spool,
        reader,
        jobs,
        new Crew(jobs, 0),
        maxKnown,
        TorrentFormat.V1,
        metrics);
  }

  private static ContentKey version(int version) {
    return new ContentKey("film", version);
  }

  @Test
  void registrationIsOnDiskBeforeItIsAnswered() throws Exception {
    PutResult result = ingests(9).put(version(1), REQUEST);

    assertEquals(State.QUEUED, assertInstanceOf(PutResult.Known.class, result).status().state());
    assertEquals(State.QUEUED, ingests(9).find(version(1)).orElseThrow().status().state());
  }

  @Test
  void fullQueueIsToldAndForgotten() throws Exception {
    Ingests ingests = ingests(9);
    ingests.put(version(1), REQUEST);
    ingests.put(version(2), REQUEST);

    assertInstanceOf(PutResult.Full.class, ingests.put(version(3), REQUEST));
    assertTrue(ingests.find(version(3)).isEmpty());
    try (Stream<Path> files = Files.list(directory.resolve("ingests/film"))) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith("3.")));
    }
  }

  @Test
  void numberOfKnownIngestsIsBounded() throws Exception {
    Ingests ingests = ingests(1);
    ingests.put(version(1), REQUEST);

    assertInstanceOf(PutResult.Full.class, ingests.put(version(2), REQUEST));
    assertInstanceOf(PutResult.Known.class, ingests.put(version(1), REQUEST));
  }

  @Test
  void otherOriginUnderTheSameVersionIsAConflict() throws Exception {
    Ingests ingests = ingests(9);
    ingests.put(version(1), REQUEST);

    assertInstanceOf(
        PutResult.Conflict.class,
        ingests.put(version(1), IngestRequest.ofUrl("http://origin.example/b", "a")));
  }

  @Test
  void forgottenIngestMayBeRegisteredOtherwise() throws Exception {
    Ingests ingests = ingests(9);
    ingests.put(version(1), REQUEST);
    ingests.forget(version(1));

    assertTrue(ingests.find(version(1)).isEmpty());
    assertInstanceOf(
        PutResult.Known.class,
        ingests.put(version(1), IngestRequest.ofUrl("http://origin.example/b", "a")));
  }

  @Test
  void nothingIsReleasedBeforeItIsDone() throws Exception {
    Ingests ingests = ingests(9);
    ingests.put(version(1), REQUEST);

    assertTrue(!ingests.find(version(1)).orElseThrow().release());
  }

  @Test
  void forgottenIngestLeavesNoFileBehind() throws Exception {
    Ingests ingests = ingests(9);
    ingests.put(version(1), REQUEST);
    ingests.forget(version(1));

    assertTrue(Files.notExists(directory.resolve("ingests/film")));
  }

  @Test
  void filesWhoseRecordIsGoneAreSweptAtTheStart() throws Exception {
    Ingests ingests = ingests(9);
    ingests.put(version(1), REQUEST);
    ingests.put(version(2), REQUEST);
    Files.delete(directory.resolve("ingests/film/1.json"));

    ingests(9);

    assertTrue(Files.notExists(directory.resolve("ingests/film/1.request")));
    assertTrue(Files.exists(directory.resolve("ingests/film/2.request")));
  }
}
