package io.weir.loadtest.crowd.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.weir.loadtest.origin.PlainOrigin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeClientIT {
  private static final int LENGTH = 2 * RangeClient.RANGE_BYTES + 12_345;

  @TempDir Path dir;
  private final byte[] content = new byte[LENGTH];
  private String sha256;

  @BeforeEach
  void makeContent() throws Exception {
    new Random(1).nextBytes(content);
    sha256 = sha256(content);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void downloadsRangesFromEveryUrlInTurn() throws Exception {
    try (PlainOrigin first = origin("first", content);
        PlainOrigin second = PlainOrigin.start("127.0.0.1", dir.resolve("first"))) {
      RangeClient client = client(first.url(), second.url());

      assertEquals(sha256, client.download());
      assertEquals(LENGTH, client.receivedBytes());
      assertEquals(2, first.requests());
      assertEquals(1, second.requests());
      assertEquals(LENGTH, first.bytesSent() + second.bytesSent());
    }
  }

  @Test
  void oneWrongByteShowsInTheHash() throws Exception {
    byte[] wrong = content.clone();
    wrong[LENGTH / 2]++;
    try (PlainOrigin origin = origin("wrong", wrong)) {
      assertNotEquals(sha256, client(origin.url()).download());
    }
  }

  @Test
  void anotherLengthIsRefused() throws Exception {
    try (PlainOrigin origin = origin("short", Arrays.copyOf(content, LENGTH - 1))) {
      IOException refused = assertThrows(IOException.class, () -> client(origin.url()).download());
      assertTrue(refused.getMessage().startsWith("Content-Range"), refused.getMessage());
    }
  }

  @Test
  void aUrlThatFailsIsMadeUpForByTheOthers() throws Exception {
    try (PlainOrigin origin = origin("whole", content)) {
      String missing = URI.create(origin.url()).resolve("/missing").toString();

      assertEquals(sha256, client(missing, origin.url()).download());
    }
  }

  @Test
  void aBodyThatBreaksOffIsTakenUpWhereItEnded() throws Exception {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          String range = "bytes 0-" + (RangeClient.RANGE_BYTES - 1) + "/" + LENGTH;
          exchange.getResponseHeaders().set("Content-Range", range);
          exchange.sendResponseHeaders(206, RangeClient.RANGE_BYTES);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(content, 0, 1_000_000);
            body.flush();
            throw new IOException("breaks off on purpose");
          }
        });
    broken.start();
    try (PlainOrigin origin = origin("whole", content)) {
      RangeClient client =
          client("http://127.0.0.1:" + broken.getAddress().getPort() + "/", origin.url());

      assertEquals(sha256, client.download());
      assertEquals(LENGTH, client.receivedBytes());
    } finally {
      broken.stop(0);
    }
  }

  @Test
  void aFileThatIsReplacedMeanwhileIsBegunAnewAndNeverMixed() throws Exception {
    byte[] replacement = content.clone();
    replacement[0]++;
    HttpServer late =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    late.createContext(
        "/",
        exchange -> {
          String range = "bytes 0-" + (RangeClient.RANGE_BYTES - 1) + "/" + LENGTH;
          exchange.getResponseHeaders().set("Content-Range", range);
          exchange.getResponseHeaders().set("ETag", "\"before\"");
          exchange.sendResponseHeaders(206, RangeClient.RANGE_BYTES);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(content, 0, RangeClient.RANGE_BYTES);
          }
        });
    late.start();
    try (PlainOrigin origin = origin("replacement", replacement)) {
      String url = "http://127.0.0.1:" + late.getAddress().getPort() + "/";

      assertEquals(sha256(replacement), client(url, origin.url()).download());
    } finally {
      late.stop(0);
    }
  }

  @Test
  void anAbandonedClientStops() throws Exception {
    try (PlainOrigin origin = origin("whole", content)) {
      RangeClient client = client(origin.url());
      client.abandon();

      assertThrows(IOException.class, client::download);
      assertEquals(0, origin.requests());
    }
  }

  private PlainOrigin origin(String name, byte[] bytes) throws IOException {
    return PlainOrigin.start("127.0.0.1", Files.write(dir.resolve(name), bytes));
  }

  private static RangeClient client(String... urls) throws IOException {
    URL[] parsed = new URL[urls.length];
    for (int i = 0; i < urls.length; i++) {
      parsed[i] = URI.create(urls[i]).toURL();
    }
    return new RangeClient(List.of(parsed), LENGTH, 0, RangeClient.MAX_FAILURES);
  }
}
