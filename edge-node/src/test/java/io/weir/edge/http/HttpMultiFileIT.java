package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.http.MultiFileContent.Kind;
import io.weir.protocol.metainfo.Metainfo;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents of many files, at {@code /c/{id}/{name}/{path}}. */
class HttpMultiFileIT {
  private static final String NAME = "ål bum+100%";
  private static final String BASE = "/c/set/%C3%A5l%20bum+100%25/";

  private final MultiFileContent set =
      new MultiFileContent()
          .file(50_000, "a b.bin")
          .file(1, "a%20b.bin")
          .file(16_384, "a+b.bin")
          .file(0, "empty")
          .file(40_001, "sub", "deep", "x")
          .file(0, "sub", "empty too")
          .file(300, "sub", "ä ☃ ?#&;=.txt")
          .file(20_000, "🎬.mp4");

  private HttpServerHarness edge;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    edge = new HttpServerHarness(directory, HttpLimits.defaults(), HttpServerHarness.HOT_BYTES);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyFileIsServedAtItsPathWholeAndInRanges(Kind kind) throws Exception {
    edge.serve(set.as(kind, "set", NAME));
    for (var file : set.files().entrySet()) {
      String path = BASE + encoded(file.getKey());
      byte[] bytes = file.getValue();
      HttpResponse<byte[]> whole = edge.get(path);
      assertEquals(200, whole.statusCode(), path);
      assertArrayEquals(bytes, whole.body(), path);
      HttpResponse<byte[]> head = edge.send("HEAD", path);
      assertEquals(String.valueOf(bytes.length), header(head, "Content-Length"), path);
      if (bytes.length > 0) {
        int middle = bytes.length / 2;
        HttpResponse<byte[]> tail = edge.get(path, "Range", "bytes=" + middle + "-");
        assertEquals(206, tail.statusCode(), path);
        assertArrayEquals(Arrays.copyOfRange(bytes, middle, bytes.length), tail.body(), path);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void emptyFileHasNoBytesAndNoRanges(Kind kind) throws Exception {
    edge.serve(set.as(kind, "set", NAME));
    for (String path : List.of(BASE + "empty", BASE + "sub/empty%20too")) {
      HttpResponse<byte[]> whole = edge.get(path);
      assertEquals(200, whole.statusCode());
      assertEquals("0", header(whole, "Content-Length"));
      for (String range : List.of("bytes=0-", "bytes=0-0", "bytes=-0")) {
        HttpResponse<byte[]> refused = edge.get(path, "Range", range);
        assertEquals(416, refused.statusCode(), range);
        assertEquals("bytes */0", header(refused, "Content-Range"), range);
      }
    }
    assertEquals(List.of(), edge.origin.reads());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFileIsNotFound(Kind kind) throws Exception {
    edge.serve(set.as(kind, "set", NAME));
    for (String path :
        List.of("", "sub", "sub/", "sub/deep", "a%20b.bin/", "a%2520b.bin/x", "sub%2Fdeep%2Fx")) {
      assertEquals(404, edge.get(BASE + path).statusCode(), path);
    }
    assertEquals(404, edge.get("/c/set/").statusCode());
    assertEquals(404, edge.get("/c/set/sub/deep/x").statusCode());
    assertEquals(404, edge.get("/c/set/other/sub/deep/x").statusCode());
  }

  @Test
  void paddingIsNotFound() throws Exception {
    TestContent content = set.as(Kind.HYBRID, "set", NAME);
    edge.serve(content);
    var padding = content.metainfo().files().stream().filter(file -> file.padding()).toList();
    assertTrue(padding.size() > 2);
    for (var file : padding) {
      assertEquals(404, edge.get(BASE + encoded(file.path())).statusCode());
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesOfOneContentHaveTagsOfTheirOwn(Kind kind) throws Exception {
    edge.serve(set.as(kind, "set", NAME));
    long tags = 0;
    for (List<String> path : set.files().keySet()) {
      String tag = header(edge.send("HEAD", BASE + encoded(path)), "ETag");
      assertEquals(304, edge.get(BASE + encoded(path), "If-None-Match", tag).statusCode());
      tags += edge.get(BASE + "a+b.bin", "If-None-Match", tag).statusCode() == 304 ? 1 : 0;
    }
    assertEquals(1, tags);
  }

  @Test
  void fileOfFiftyThousandIsFound() throws Exception {
    MultiFileContent many = new MultiFileContent();
    for (int i = 0; i < 50_000; i++) {
      many.file(1, "%03d".formatted(i / 100), "%05d".formatted(i));
    }
    edge.serve(many.as(Kind.V1, "many", "many"));
    for (int i : new int[] {0, 25_000, 49_999}) {
      List<String> path = List.of("%03d".formatted(i / 100), "%05d".formatted(i));
      assertArrayEquals(many.files().get(path), edge.get("/c/many/many/" + encoded(path)).body());
    }
    assertEquals(50_000, Metainfo.parse(edge.get("/t/many.torrent").body()).files().size());
  }

  private static String encoded(List<String> path) {
    return path.stream().map(UrlPath::encodeSegment).collect(Collectors.joining("/"));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
