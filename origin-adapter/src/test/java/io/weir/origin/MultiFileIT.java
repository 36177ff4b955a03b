package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.TorrentFormat;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents of many files, over real sockets. */
final class MultiFileIT {
  private static final int PIECE_BYTES = 256 << 10;
  private static final String READ = "weir_origin_read_bytes_total{reason=\"ingest\"}";

  @TempDir private Path directory;
  private AdapterRig rig;
  private DirectoryOrigin origin;

  @BeforeEach
  void prepare() throws Exception {
    rig = new AdapterRig(directory);
    origin = new DirectoryOrigin();
  }

  @AfterEach
  void close() {
    rig.close();
    origin.close();
  }

  private void oddDirectory() {
    origin
        .with("a.txt", 1)
        .with("empty", 0)
        .with("piece", PIECE_BYTES)
        .with("sub/ä b+%20?#&.bin", 3 * PIECE_BYTES + 5)
        .with("sub/deeper/😀", 2 * PIECE_BYTES)
        .with("sub/last empty", 0)
        .with("z", 9 << 20);
  }

  private static int length(DirectoryOrigin origin) {
    return origin.files.values().stream().mapToInt(bytes -> bytes.length).sum();
  }

  @ParameterizedTest
  @EnumSource
  void directoryIsReadOnceAndServedPieceByPiece(TorrentFormat format) throws Exception {
    oddDirectory();
    rig.withFormat(format).start();

    IngestStatus status = rig.ingest("set/1", origin.request("Ü set"));

    int length = length(origin);
    assertEquals(new IngestStatus(State.DONE, length, length, null), status);
    Metainfo metainfo = rig.metainfo("set/1");
    assertEquals("Ü set", metainfo.name());
    assertTrue(metainfo.multiFile());
    assertEquals(format == TorrentFormat.HYBRID, metainfo.infoHashV2() != null);
    assertArrayEquals(origin.concatenation(metainfo), rig.pieces("set/1"));
    assertEquals(length, rig.metric(READ));
    assertEquals(0, rig.metric("weir_origin_read_bytes_total{reason=\"fill\"}"));
  }

  @ParameterizedTest
  @EnumSource
  void coldPiecesAreReadFromTheirFilesAndNobodyIsAskedForPadding(TorrentFormat format)
      throws Exception {
    oddDirectory();
    rig.withFormat(format).withSpool(0).start();
    rig.ingest("set/1", origin.request("set"));
    origin.forgetRequests();

    assertArrayEquals(origin.concatenation(rig.metainfo("set/1")), rig.pieces("set/1"));

    assertEquals(length(origin), rig.metric("weir_origin_read_bytes_total{reason=\"fill\"}"));
    assertEquals(0, origin.gets("empty"));
  }

  @Test
  void orderOfNamingChangesNothing() throws Exception {
    oddDirectory();
    rig.start();
    List<String> names = new ArrayList<>(origin.files.keySet());
    Collections.reverse(names);

    rig.ingest("set/1", origin.request("set"));
    rig.ingest(
        "set/2", new IngestRequest(OriginLocation.ofFiles(origin.url(), names), "set", null));

    assertEquals(rig.metainfo("set/1").infoHash(), rig.metainfo("set/2").infoHash());
  }

  @Test
  void originThatIgnoresRangesIsAskedOnceForEachFile() throws Exception {
    oddDirectory();
    origin.ranges = false;
    rig.start();

    assertEquals(State.DONE, rig.ingest("set/1", origin.request("set")).state());

    assertEquals(length(origin), rig.metric(READ));
    assertEquals(1, origin.gets("z"));
    assertArrayEquals(origin.concatenation(rig.metainfo("set/1")), rig.pieces("set/1"));
  }

  @Test
  void thousandsOfTinyFilesAreOnePiece() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      origin.with("d" + i % 7 + "/" + i, i % 90);
    }
    rig.withSpool(0).start();

    assertEquals(State.DONE, rig.ingest("set/1", origin.request("set")).state());

    Metainfo metainfo = rig.metainfo("set/1");
    assertEquals(1, metainfo.pieceCount());
    assertArrayEquals(origin.concatenation(metainfo), rig.pieces("set/1"));
    int empty = 0;
    for (byte[] bytes : origin.files.values()) {
      empty += bytes.length == 0 ? 1 : 0;
    }
    assertEquals(2 * (2_000 - empty), origin.gets());
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws Exception {
    origin.with("a", 10).with("sub/b", 10);
    IngestRequest request = origin.request("set");
    origin.files.remove("sub/b");
    rig.start();

    IngestStatus status = rig.ingest("set/1", request);

    assertEquals(State.FAILED, status.state());
    assertEquals("'sub/b': origin answered 404", status.failure());
  }

  @Test
  void contentOfZeroBytesIsRefused() throws Exception {
    origin.with("a", 0).with("b", 0);
    rig.start();

    assertEquals("content of zero bytes", rig.ingest("set/1", origin.request("set")).failure());
  }

  @Test
  void hostileNamesAreRefusedByTheirIndex() throws Exception {
    rig.start();
    assertRefused("origin.files[1]: each element must not be '.' or '..'", "a", "../b");
    assertRefused("origin.files[0]: must be relative", "/etc/passwd");
    assertRefused("origin.files[2]: differs from files[0] only in case", "a", "b", "A");
    assertRefused("origin.files[0]: is also the directory of files[1]", "a", "a/b");
    assertRefused("origin.files[0]: each element must not contain", "a\\b");
  }

  private void assertRefused(String detail, String... files) throws Exception {
    assertRefused(
        detail,
        new IngestRequest(OriginLocation.ofFiles(origin.url(), List.of(files)), "set", null));
  }

  private void assertRefused(String detail, IngestRequest request) throws Exception {
    HttpResponse<byte[]> answer = rig.put("set/1", request);
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(400, answer.statusCode(), body);
    assertTrue(body.contains(detail), body);
  }

  @Test
  void baseUrlThatNoPathCanFollowIsRefused() throws Exception {
    rig.start();
    for (String base : List.of("http://127.0.0.1/?x=/", "http://127.0.0.1/#/", "mailto:x/")) {
      assertRefused(
          "origin.baseUrl must end in a path",
          new IngestRequest(OriginLocation.ofFiles(base, List.of("a")), "set", null));
    }
    assertRefused(
        "origin.files is required",
        new IngestRequest(new OriginLocation(null, origin.url(), null), "set", null));
  }

  @Test
  void deletedContentLeavesNoFileBehind() throws Exception {
    oddDirectory();
    rig.start();
    rig.ingest("set/1", origin.request("set"));

    assertEquals(204, rig.send("DELETE", "/v1/ingests/set/1").statusCode());

    assertFalse(Files.exists(rig.dataDir.resolve("ingests/set")));
    assertFalse(Files.exists(rig.dataDir.resolve("spool/set")));
    assertEquals(0, rig.metric("weir_spool_bytes"));
  }

  @Test
  void requestOfFiftyThousandLongNamesIsTaken() throws Exception {
    rig.start();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < OriginLocation.MAX_FILES; i++) {
      names.add("n".repeat(200) + "/" + i);
    }
    IngestRequest request =
        new IngestRequest(OriginLocation.ofFiles("http://127.0.0.1:1/", names), "set", null);

    assertEquals(202, rig.put("set/1", request).statusCode());
    IngestStatus status = rig.awaitEnd("set/1");
    assertEquals(State.FAILED, status.state());
  }
}
