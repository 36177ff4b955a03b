package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.http.Request;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingests that a crash interrupted: the data directory is copied while the adapter hashes, which is
 * what a kill leaves, and another adapter starts on the copy.
 */
final class ResumeIT {
  private static final int PIECE_BYTES = 256 << 10;
  private static final String READ = "weir_origin_read_bytes_total{reason=\"ingest\"}";
  private static final long LENGTH = 12L << 20;

  @TempDir private Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);
  private DirectoryOrigin origin;
  private AdapterRig interrupted;
  private AdapterRig next;
  private InfoHash expected;

  /** Half of the content is hashed, then the origin stalls. */
  @BeforeEach
  void interrupt() throws Exception {
    origin = new DirectoryOrigin().with("a", 5 << 20).with("b", 7 << 20);
    try (AdapterRig whole = new AdapterRig(Files.createDirectory(directory.resolve("whole")))) {
      whole.start().ingest("set/1", origin.request("set"));
      expected = whole.metainfo("set/1").infoHash();
    }
    origin.failing = this::stallBehindTheFirstRun;
    interrupted = new AdapterRig(Files.createDirectory(directory.resolve("interrupted"))).start();
    interrupted.put("set/1", origin.request("set"));
    long begun = System.nanoTime();
    while (interrupted.status("set/1").hashedBytes() < 8 << 20) {
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(30).toNanos(), "never hashed");
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    Path crashed = Files.createDirectory(directory.resolve("crashed"));
    next = new AdapterRig(crashed);
    copy(interrupted.dataDir, next.dataDir);
    gate.countDown();
    origin.failing = request -> false;
    interrupted.close();
    origin.forgetRequests();
  }

  @AfterEach
  void close() {
    gate.countDown();
    interrupted.close();
    next.close();
    origin.close();
  }

  private boolean stallBehindTheFirstRun(Request request) {
    String range = String.valueOf(request.getHeader("Range"));
    if (request.getUrl().endsWith("/b") && range.startsWith("bytes=" + (3 << 20) + "-")) {
      try {
        assertTrue(gate.await(60, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return false;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      tree.forEach(
          path -> {
            try {
              Files.copy(path, to.resolve(from.relativize(path).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private Path journal() {
    return next.dataDir.resolve("ingests/set/1.digests");
  }

  private void assertDone() throws Exception {
    IngestStatus status = next.awaitEnd("set/1");
    assertEquals(new IngestStatus(State.DONE, LENGTH, LENGTH, null), status);
    assertEquals(expected, next.metainfo("set/1").infoHash());
    assertArrayEquals(origin.concatenation(next.metainfo("set/1")), next.pieces("set/1"));
    assertEquals(LENGTH, next.metric("weir_spool_bytes"));
    assertFalse(Files.exists(journal()));
  }

  @Test
  void onlyWhatWasNotHashedIsReadAfterACrash() throws Exception {
    next.start();

    assertDone();
    assertEquals(LENGTH - (8 << 20), next.metric(READ));
    assertEquals(0, next.metric("weir_origin_read_bytes_total{reason=\"fill\"}"));
    assertEquals(0, origin.gets("a"));
  }

  @Test
  void journalTornByTheCrashCostsOnePiece() throws Exception {
    byte[] whole = Files.readAllBytes(journal());
    Files.write(journal(), Arrays.copyOf(whole, whole.length - 3));
    next.start();

    assertDone();
    assertEquals(LENGTH - (8 << 20) + PIECE_BYTES, next.metric(READ));
  }

  @Test
  void spooledPieceThatTheCrashSpoiledIsReadAgainAndNeverServed() throws Exception {
    Files.write(next.dataDir.resolve("spool/set/1/3.piece"), new byte[PIECE_BYTES]);
    Files.delete(next.dataDir.resolve("spool/set/1/4.piece"));
    next.start();

    assertDone();
    assertEquals(2 * PIECE_BYTES, next.metric("weir_origin_read_bytes_total{reason=\"fill\"}"));
  }

  @Test
  void originWithAnotherObjectIsReadFromTheBeginning() throws Exception {
    origin.etag("b", "\"v2\"");
    next.start();

    assertDone();
    assertEquals(LENGTH, next.metric(READ));
  }

  @Test
  void originThatDoesNotTellVersionsApartIsReadFromTheBeginning() throws Exception {
    origin.validators = false;
    next.start();

    assertDone();
    assertEquals(LENGTH, next.metric(READ));
  }
}
