package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentDraft;
import io.weir.protocol.metainfo.TorrentDraft.NewFile;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Torrents that exist already, over real sockets. */
final class ImportIT {
  private static final int PIECE_BYTES = 16 << 10;
  private static final String MISMATCHES = "weir_fill_mismatches_total";

  @TempDir private Path directory;
  private AdapterRig rig;
  private DirectoryOrigin origin;

  @BeforeEach
  void prepare() throws Exception {
    rig = new AdapterRig(directory).start();
    origin =
        new DirectoryOrigin()
            .with("A", 100)
            .with("a", 20_000)
            .with("empty", 0)
            .with("sub/c", 3 * PIECE_BYTES);
  }

  @AfterEach
  void close() {
    rig.close();
    origin.close();
  }

  private Metainfo torrent(TorrentFormat format) throws Exception {
    List<NewFile> files = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : origin.files.entrySet()) {
      files.add(new NewFile(List.of(file.getKey().split("/")), file.getValue().length));
    }
    TorrentDraft draft = TorrentDraft.ofFiles(format, "set", files, PIECE_BYTES);
    Metainfo shape =
        draft.metainfo(
            Collections.nCopies(
                draft.layout().pieceCount(), PieceDigests.of(ByteBuffer.allocate(1), PIECE_BYTES)));
    byte[] all = origin.concatenation(shape);
    List<PieceDigests> digests = new ArrayList<>();
    for (int piece = 0; piece < draft.layout().pieceCount(); piece++) {
      int from = piece * PIECE_BYTES;
      int length = draft.layout().pieceLengthBytes(piece);
      digests.add(
          draft.digest(piece, ByteBuffer.wrap(Arrays.copyOfRange(all, from, from + length))));
    }
    return draft.metainfo(digests);
  }

  private IngestRequest request(byte[] torrent) {
    return new IngestRequest(
        new OriginLocation(null, origin.url(), null),
        "set",
        Base64.getEncoder().encodeToString(torrent));
  }

  private static byte[] bytes(Metainfo torrent) {
    return torrent.toTorrent(List.of(List.of("http://t/announce")), List.of("http://seed/"));
  }

  @ParameterizedTest
  @EnumSource
  void torrentIsServedAsItIsAndNothingIsReadUpFront(TorrentFormat format) throws Exception {
    Metainfo torrent = torrent(format);

    IngestStatus status = rig.ingest("set/1", request(bytes(torrent)));

    long length = 100 + 20_000 + 3 * PIECE_BYTES;
    assertEquals(new IngestStatus(State.DONE, length, length, null), status);
    assertEquals(0, origin.gets());
    Metainfo served = rig.metainfo("set/1");
    assertEquals(torrent.info(), served.info());
    assertTrue(served.announceTiers().isEmpty() && served.webSeeds().isEmpty());
    assertArrayEquals(origin.concatenation(torrent), rig.pieces("set/1"));
    rig.stop();
    rig.start();
    assertEquals(torrent.info(), rig.metainfo("set/1").info());
  }

  @Test
  void v2OnlyTorrentIsFilledWithEachFileAtAPieceOfItsOwn() throws Exception {
    Metainfo torrent = Metainfo.parse(v2Only(torrent(TorrentFormat.HYBRID)));
    assertEquals(null, torrent.infoHash());

    assertEquals(State.DONE, rig.ingest("set/1", request(bytes(torrent))).state());

    ByteArrayOutputStream all = new ByteArrayOutputStream();
    origin.files.values().forEach(all::writeBytes);
    assertArrayEquals(all.toByteArray(), rig.pieces("set/1"));
  }

  /** Takes the v1 half out of the info dictionary. */
  private static byte[] v2Only(Metainfo hybrid) throws Exception {
    byte[] torrent = hybrid.toTorrent(List.of(), List.of());
    var root = Bencode.asDictionary(Bencode.decode(torrent, BencodeLimits.METAINFO));
    var info = BencodeDictionary.builder();
    root.dictionary("info")
        .entries()
        .forEach(
            (key, value) -> {
              if (!List.of("files", "pieces").contains(key.asText())) {
                info.put(key, value);
              }
            });
    return Bencode.encode(
        BencodeDictionary.builder()
            .put("info", info.build())
            .put("piece layers", root.dictionary("piece layers"))
            .build());
  }

  @Test
  void fileOfAnotherLengthFailsTheIngestByName() throws Exception {
    IngestRequest request = request(bytes(torrent(TorrentFormat.V1)));
    origin.with("sub/c", 5);

    IngestStatus status = rig.ingest("set/1", request);

    assertEquals(State.FAILED, status.state());
    assertEquals(
        "file 'sub/c' has 5 bytes at the origin and 49152 in the torrent", status.failure());
  }

  @Test
  void torrentThatDoesNotFitTheRequestIsRefused() throws Exception {
    byte[] torrent = bytes(torrent(TorrentFormat.V1));
    String base64 = Base64.getEncoder().encodeToString(torrent);
    OriginLocation base = new OriginLocation(null, origin.url(), null);
    OriginLocation url = OriginLocation.ofUrl(origin.url());
    String single =
        Base64.getEncoder()
            .encodeToString(
                MetainfoBuilder.singleFile(
                        TorrentFormat.V1,
                        "set",
                        1,
                        PIECE_BYTES,
                        List.of(PieceDigests.v1(ByteBuffer.allocate(1))))
                    .toTorrent(List.of(), List.of()));
    assertRefused("name is not the torrent's, which is 'set'", base, "other", base64);
    assertRefused("origin.baseUrl is required, not origin.url", url, "set", base64);
    assertRefused("origin.url is required, not origin.baseUrl", base, "set", single);
    assertRefused("torrent is not Base64", base, "set", "?");
    assertRefused("torrent: ", base, "set", base64.substring(0, 400));
    assertRefused(
        "origin.files must not be there",
        OriginLocation.ofFiles(origin.url(), List.of("A")),
        "set",
        base64);
  }

  private void assertRefused(String detail, OriginLocation origin, String name, String torrent)
      throws Exception {
    HttpResponse<byte[]> answer = rig.put("set/1", new IngestRequest(origin, name, torrent));
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(400, answer.statusCode(), body);
    assertTrue(body.contains(detail), body);
  }

  @Test
  void bytesThatMismatchAreNeverServedAndFilledOnceTheOriginIsRightAgain() throws Exception {
    rig.ingest("set/1", request(bytes(torrent(TorrentFormat.HYBRID))));
    byte[] wrong = origin.files.get("A").clone();
    wrong[7] ^= 1;
    origin.lies.put("A", wrong);

    assertEquals(409, rig.piece("set/1", 0).statusCode());
    assertEquals(2, rig.metric(MISMATCHES));
    assertEquals(0, rig.metric("weir_spool_bytes"));
    assertEquals(List.of(), rig.changed().contents());
    origin.lies.clear();

    byte[] piece = rig.piece("set/1", 0).body();
    assertArrayEquals(origin.files.get("A"), Arrays.copyOf(piece, 100));
  }

  @Test
  void pathDamagedOnceCostsOneMoreRead() throws Exception {
    rig.ingest("set/1", request(bytes(torrent(TorrentFormat.HYBRID))));
    origin.lies.put("A", new byte[100]);
    origin.failing =
        request -> {
          if (origin.gets("A") == 2) {
            origin.lies.clear();
          }
          return false;
        };

    assertEquals(200, rig.piece("set/1", 0).statusCode());
    assertEquals(1, rig.metric(MISMATCHES));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void newEtagOfTheSameBytesIsReadOn(boolean restarted) throws Exception {
    rig.ingest("set/1", request(bytes(torrent(TorrentFormat.V1))));
    origin.files.keySet().forEach(path -> origin.etag(path, "\"v2\""));
    if (restarted) {
      rig.stop();
      rig.start();
    }

    assertArrayEquals(origin.concatenation(torrent(TorrentFormat.V1)), rig.pieces("set/1"));
    assertEquals(List.of(), rig.changed().contents());
  }

  @Test
  void hybridWhoseHalvesDisagreeIsNeverServed() throws Exception {
    Metainfo right = torrent(TorrentFormat.HYBRID);
    byte[] torrent = bytes(right);
    byte[] pieces = "6:pieces".getBytes(StandardCharsets.UTF_8);
    int at = new String(torrent, StandardCharsets.ISO_8859_1).indexOf("6:pieces") + pieces.length;
    int sha1 = new String(torrent, StandardCharsets.ISO_8859_1).indexOf(':', at) + 1;
    torrent[sha1] ^= 1;
    assertEquals(State.DONE, rig.ingest("set/1", request(torrent)).state());

    assertEquals(409, rig.piece("set/1", 0).statusCode());
    assertEquals(200, rig.piece("set/1", 1).statusCode());
  }
}
