package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.LoggedWarnings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of open responses when the listener closes. */
class HttpClosingIT {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int CLIENTS = 16;

  /** So many that no client has all answers before the listener closes. */
  private static final int REQUESTS = 200;

  private static final String REQUEST = "GET /c/film/f HTTP/1.1\r\nHost: e\r\n\r\n";

  private final TestContent film = TestContent.single("film", "f", 8 * PIECE_BYTES, PIECE_BYTES);
  private final ExecutorService readers = Executors.newFixedThreadPool(CLIENTS);

  @AfterEach
  void stopReaders() {
    readers.shutdownNow();
  }

  /** Half of the clients take nothing more, half of them all that comes. */
  @Test
  void openResponsesAreCutInSilence(@TempDir Path directory) throws Exception {
    try (LoggedWarnings warnings = new LoggedWarnings();
        HttpServerHarness edge =
            new HttpServerHarness(directory, HttpLimits.defaults(), HttpServerHarness.HOT_BYTES)) {
      edge.serve(film);
      edge.get("/c/film/f");
      List<Socket> clients = new ArrayList<>();
      List<Future<Long>> received = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Socket client = edge.connect(REQUEST.repeat(REQUESTS));
        assertEquals('H', client.getInputStream().read());
        clients.add(client);
        if (i % 2 == 0) {
          received.add(readers.submit(() -> bytesUntilTheEnd(client)));
        }
      }
      edge.server.close();
      for (Future<Long> bytes : received) {
        assertTrue(bytes.get() < (long) REQUESTS * film.bytes().length);
      }
      for (Socket client : clients) {
        client.close();
      }
      assertEquals(List.of(), warnings.lines());
    }
  }

  private static long bytesUntilTheEnd(Socket client) throws IOException {
    long bytes = 0;
    byte[] some = new byte[64 * 1024];
    InputStream in = client.getInputStream();
    try {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        bytes += read;
      }
    } catch (SocketException reset) {
      // As good an end as any: the server had requests left to read.
    }
    return bytes;
  }
}
