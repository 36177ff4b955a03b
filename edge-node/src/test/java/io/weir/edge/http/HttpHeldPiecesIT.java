package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.edge.fixture.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What slow and vanishing clients hold in memory. The hot tier is too small for any piece, so that
 * every buffer in use is on its way from the store or held by a connection.
 */
class HttpHeldPiecesIT {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int PIECES = 32;
  private static final String REQUEST = "GET /c/film/f HTTP/1.1\r\nHost: e\r\n\r\n";

  /** So long that a client that takes nothing leaves most of it unsent. */
  private final TestContent film =
      TestContent.single("film", "f", PIECES * PIECE_BYTES, PIECE_BYTES);

  private HttpServerHarness edge;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    edge = new HttpServerHarness(directory, HttpServerHarness.impatient(), 1, 0);
    edge.serve(film);
  }

  @AfterEach
  void stop() {
    edge.close();
    assertEquals(0, edge.buffers.active());
  }

  @Test
  void slowReaderHoldsOnePieceAtMost() throws Exception {
    store();
    try (Socket slow = edge.connect(REQUEST)) {
      byte[] some = new byte[256 * 1024];
      for (int pause = 0; pause < 4; pause++) {
        // Once the client stalls, reads ahead have ended and one piece is left.
        awaitHeld(1);
        for (int read = 0; read < 4 * PIECE_BYTES; ) {
          read += slow.getInputStream().read(some);
        }
      }
    }
    awaitHeld(0);
  }

  @Test
  void clientThatVanishesReleasesItsPiece() throws Exception {
    store();
    for (int i = 0; i < 20; i++) {
      try (Socket client = edge.connect(REQUEST)) {
        client.setSoLinger(true, 0);
        assertEquals('H', client.getInputStream().read());
      }
    }
    awaitHeld(0);
    Await.until("aborts are counted", () -> aborted() == 20);
  }

  @Test
  void clientThatVanishesDuringAFillReleasesWhatArrives() throws Exception {
    edge.origin.hold();
    try (Socket client = edge.connect(REQUEST)) {
      edge.origin.awaitAsked();
      client.setSoLinger(true, 0);
    }
    edge.origin.open();
    Await.until("the abort is counted", () -> aborted() == 1);
    awaitHeld(0);
  }

  @Test
  void clientThatTakesNothingIsClosedAndReleasesItsPiece() throws Exception {
    store();
    try (Socket stalled = edge.connect(REQUEST)) {
      assertEquals('H', stalled.getInputStream().read());
      awaitHeld(1);
      Await.until("the stall is noticed", () -> aborted() == 1);
      awaitHeld(0);
    }
  }

  @Test
  void closingTheServerReleasesWhatIsBeingSent() throws Exception {
    store();
    try (Socket stalled = edge.connect(REQUEST)) {
      assertEquals('H', stalled.getInputStream().read());
      awaitHeld(1);
      edge.server.close();
      awaitHeld(0);
    }
  }

  @Test
  void slowReaderOfAFileHoldsNoMemoryAndGetsEveryByte(@TempDir Path other) throws Exception {
    try (HttpServerHarness warm =
        new HttpServerHarness(other, HttpServerHarness.impatient(), 1, 1L << 30)) {
      warm.serve(film);
      warm.get("/c/film/f");
      Await.until("all is stored", () -> warm.isStored(film));
      Await.until("nothing is held", () -> warm.buffers.active() == 0);
      try (Socket slow = warm.connect(REQUEST)) {
        byte[] some = slow.getInputStream().readNBytes(PIECE_BYTES);
        assertEquals(0, warm.buffers.active());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(some);
        all.write(slow.getInputStream().readNBytes(PIECES * PIECE_BYTES - PIECE_BYTES / 2));
        String text = all.toString(StandardCharsets.ISO_8859_1);
        byte[] body =
            text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(Arrays.copyOf(film.bytes(), body.length), body);
      }
      assertEquals(0, warm.buffers.active());
    }
  }

  @Test
  void fileThatWasCutEndsTheAnswerEarly(@TempDir Path other) throws Exception {
    try (HttpServerHarness warm =
        new HttpServerHarness(other, HttpServerHarness.impatient(), 1, 1L << 30)) {
      warm.serve(film);
      warm.get("/c/film/f");
      Await.until("all is stored", () -> warm.isStored(film));
      try (Stream<Path> files = Files.list(other.resolve("segments"))) {
        for (Path file : files.toList()) {
          try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(open.size() / 2);
          }
        }
      }
      assertThrows(IOException.class, () -> warm.get("/c/film/f"));
    }
  }

  private void store() throws IOException, InterruptedException {
    assertArrayEquals(film.bytes(), edge.get("/c/film/f").body());
    Await.until("all is stored", () -> edge.isStored(film));
    awaitHeld(0);
  }

  private void awaitHeld(long pieces) {
    Await.until(pieces + " pieces held", () -> edge.buffers.active() == pieces);
  }

  private double aborted() {
    return edge.meters.get("weir.http.aborted").counter().count();
  }
}
