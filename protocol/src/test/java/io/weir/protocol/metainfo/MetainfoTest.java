package io.weir.protocol.metainfo;

import static io.weir.protocol.metainfo.LibtorrentVectors.paddedSet;
import static io.weir.protocol.metainfo.LibtorrentVectors.pattern;
import static io.weir.protocol.metainfo.LibtorrentVectors.torrent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetainfoTest {
  private static final InfoHash SINGLE_V1 =
      InfoHash.fromHex("38d272bb955d371f2bf838dfa631dd23c8905485");
  private static final InfoHashV2 SINGLE_V2 =
      InfoHashV2.fromHex("264b25794dfcd65d48ac8e64d44a6ce48f67c0bf1fe6bbf0999f8fe605457f4d");

  @Test
  void singleFileHybridIsRead() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.SINGLE_HYBRID);
    assertEquals(SINGLE_V1, metainfo.infoHash());
    assertEquals(SINGLE_V2, metainfo.infoHashV2());
    assertEquals(SINGLE_V1, metainfo.swarmHash());
    assertEquals("film.bin", metainfo.name());
    assertFalse(metainfo.multiFile());
    assertFalse(metainfo.isPrivate());
    assertEquals(
        List.of(new TorrentFile(0, List.of("film.bin"), 100_000, 0, false)), metainfo.files());
    assertEquals(100_000, metainfo.totalLengthBytes());
    assertEquals(32_768, metainfo.pieceLengthBytes());
    assertEquals(4, metainfo.pieceCount());
    assertEquals(32_768, metainfo.pieceLengthBytes(0));
    assertEquals(100_000 - 3 * 32_768, metainfo.pieceLengthBytes(3));
    assertEquals(List.of(List.of("http://tracker.example/announce")), metainfo.announceTiers());
    assertEquals(List.of(), metainfo.webSeeds());
    assertVerifiesExactly(metainfo, pattern(100_000));
  }

  @Test
  void fileOfOnePieceIsVerifiedByItsPiecesRoot() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.SHORT_HYBRID);
    assertEquals(InfoHash.fromHex("b9facaf4e58f4ef498b2d82c66056d5e12b744fa"), metainfo.infoHash());
    assertEquals(
        InfoHashV2.fromHex("28d23b72d80d5ba7c981dee3f1d7522bdd828f217547bbcd345c4ae9d3de9d2f"),
        metainfo.infoHashV2());
    assertEquals(1, metainfo.pieceCount());
    assertVerifiesExactly(metainfo, pattern(40_000));
  }

  @Test
  void multiFileHybridIsReadWithItsPadding() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_HYBRID);
    assertEquals(InfoHash.fromHex("e98375db71307789aca504ab69685a2c092447b4"), metainfo.infoHash());
    assertEquals(
        InfoHashV2.fromHex("5b96263b1405e98bb993be761e0fb77b032153bda640473f740efa9722baf531"),
        metainfo.infoHashV2());
    assertTrue(metainfo.multiFile());
    assertEquals(
        List.of(
            new TorrentFile(0, List.of("a.bin"), 40_000, 0, false),
            new TorrentFile(1, List.of(".pad", "25536"), 25_536, 40_000, true),
            new TorrentFile(2, List.of("b", "empty"), 0, 65_536, false),
            new TorrentFile(3, List.of("b", "one.bin"), 1, 65_536, false),
            new TorrentFile(4, List.of(".pad", "32767"), 32_767, 65_537, true),
            new TorrentFile(5, List.of("c.bin"), 90_000, 98_304, false),
            new TorrentFile(6, List.of(".pad", "8304"), 8_304, 188_304, true)),
        metainfo.files());
    assertEquals(196_608, metainfo.totalLengthBytes());
    assertVerifiesExactly(metainfo, paddedSet());
  }

  @Test
  void lastFileOfHybridNeedsNoPadding() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_HYBRID_WITHOUT_TAIL);
    assertEquals(InfoHash.fromHex("2dc0b019db5c90c3d4db8cd77baffcb2128c4f83"), metainfo.infoHash());
    assertEquals(155_536, metainfo.totalLengthBytes());
    assertEquals(24_464, metainfo.pieceLengthBytes(4));
    ByteBuffer content = ByteBuffer.allocate(155_536);
    content.put(pattern(40_000)).position(65_536).put(pattern(90_000));
    assertVerifiesExactly(metainfo, content.array());
  }

  @Test
  void v1PiecesRunAcrossFiles() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_V1);
    assertEquals(InfoHash.fromHex("a2eabe81f1c76db0f5cc36659e8a9f3aa94a0824"), metainfo.infoHash());
    assertNull(metainfo.infoHashV2());
    assertEquals(130_001, metainfo.totalLengthBytes());
    ByteBuffer content = ByteBuffer.allocate(130_001);
    content.put(pattern(40_000)).put(pattern(1)).put(pattern(90_000));
    assertVerifiesExactly(metainfo, content.array());
    List<TorrentFile> files = metainfo.files();
    assertEquals(
        List.of(
            new FileSlice(files.get(0), 32_768, 7_232),
            new FileSlice(files.get(2), 0, 1),
            new FileSlice(files.get(3), 0, 25_535)),
        metainfo.slices(1));
  }

  @Test
  void v2FilesBeginAtPiecesOfTheirOwnAndEndShort() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_V2);
    InfoHashV2 infoHash =
        InfoHashV2.fromHex("c713d760d2b07f65f64014971a59aeea72e03c0a8bdb5d87e3fe0fca0cf5521d");
    assertNull(metainfo.infoHash());
    assertEquals(infoHash, metainfo.infoHashV2());
    assertEquals(infoHash.truncated(), metainfo.swarmHash());
    assertTrue(metainfo.multiFile());
    assertEquals(
        List.of(
            new TorrentFile(0, List.of("a.bin"), 40_000, 0, false),
            new TorrentFile(1, List.of("b", "empty"), 0, 40_000, false),
            new TorrentFile(2, List.of("b", "one.bin"), 1, 65_536, false),
            new TorrentFile(3, List.of("c.bin"), 90_000, 98_304, false)),
        metainfo.files());
    assertEquals(6, metainfo.pieceCount());
    assertEquals(
        List.of(32_768, 7_232, 1, 32_768, 32_768, 24_464),
        List.of(
            metainfo.pieceLengthBytes(0),
            metainfo.pieceLengthBytes(1),
            metainfo.pieceLengthBytes(2),
            metainfo.pieceLengthBytes(3),
            metainfo.pieceLengthBytes(4),
            metainfo.pieceLengthBytes(5)));
    assertEquals(
        List.of(new FileSlice(metainfo.files().get(0), 32_768, 7_232)), metainfo.slices(1));
    assertVerifiesExactly(metainfo, paddedSet());
  }

  @Test
  void paddingMustBeZero() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_HYBRID);
    ByteBuffer piece = ByteBuffer.wrap(paddedSet(), 5 * 32_768, 32_768).slice();
    assertTrue(metainfo.verify(5, piece));
    piece.put(32_767, (byte) 1);
    assertFalse(metainfo.verify(5, piece));
  }

  @Test
  void slicesMarkPadding() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_HYBRID);
    List<TorrentFile> files = metainfo.files();
    assertEquals(
        List.of(new FileSlice(files.get(0), 32_768, 7_232), new FileSlice(files.get(1), 0, 25_536)),
        metainfo.slices(1));
    assertEquals(
        List.of(new FileSlice(files.get(3), 0, 1), new FileSlice(files.get(4), 0, 32_767)),
        metainfo.slices(2));
  }

  @Test
  void rangesOfFilesMapToPieces() throws MetainfoException {
    Metainfo hybrid = parse(LibtorrentVectors.MULTI_HYBRID);
    TorrentFile c = hybrid.files().get(5);
    assertEquals(new PieceRange(3, 0, 5, 24_464), hybrid.pieces(c, 0, 90_000));
    assertEquals(new PieceRange(3, 32_767, 4, 1), hybrid.pieces(c, 32_767, 2));
    assertEquals(new PieceRange(4, 0, 4, 32_768), hybrid.pieces(c, 32_768, 32_768));
    Metainfo v1 = parse(LibtorrentVectors.MULTI_V1);
    assertEquals(new PieceRange(1, 7_233, 1, 7_234), v1.pieces(v1.files().get(3), 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> hybrid.pieces(c, 90_000, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> hybrid.pieces(c, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> hybrid.pieces(c, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> hybrid.pieces(v1.files().get(3), 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> hybrid.slices(6));
    assertThrows(IndexOutOfBoundsException.class, () -> hybrid.slices(-1));
  }

  @Test
  void filesAreFoundByTheirWholePathButPaddingNever() throws MetainfoException {
    Metainfo metainfo = parse(LibtorrentVectors.MULTI_HYBRID);
    assertEquals(metainfo.files().get(3), metainfo.fileAt(List.of("b", "one.bin")));
    assertEquals(metainfo.files().get(2), metainfo.fileAt(List.of("b", "empty")));
    assertNull(metainfo.fileAt(List.of("b/one.bin")));
    assertNull(metainfo.fileAt(List.of("b")));
    assertNull(metainfo.fileAt(List.of()));
    assertNull(metainfo.fileAt(List.of(".pad", "25536")));
  }

  @Test
  void hybridFromInfoAloneIsVerifiedBySha1() throws MetainfoException {
    Metainfo whole = parse(LibtorrentVectors.MULTI_HYBRID);
    byte[] info = new byte[whole.info().remaining()];
    whole.info().get(info);
    Metainfo bare = Metainfo.fromInfo(info);
    assertEquals(whole.infoHash(), bare.infoHash());
    assertEquals(whole.infoHashV2(), bare.infoHashV2());
    assertVerifiesExactly(bare, paddedSet());
    assertThrows(IllegalStateException.class, () -> bare.toTorrent(List.of(), List.of()));
  }

  @Test
  void infoThatNeedsNoPieceLayersIsWhole() throws MetainfoException {
    Metainfo whole = parse(LibtorrentVectors.SHORT_HYBRID);
    byte[] info = new byte[whole.info().remaining()];
    whole.info().get(info);
    Metainfo bare = Metainfo.fromInfo(info);
    assertArrayEquals(whole.toTorrent(List.of(), List.of()), bare.toTorrent(List.of(), List.of()));
    assertVerifiesExactly(bare, pattern(40_000));
  }

  @Test
  void v2OnlyInfoWithoutItsPieceLayersIsRefused() throws MetainfoException {
    Metainfo whole = parse(LibtorrentVectors.MULTI_V2);
    byte[] info = new byte[whole.info().remaining()];
    whole.info().get(info);
    MetainfoException fault = assertThrows(MetainfoException.class, () -> Metainfo.fromInfo(info));
    assertEquals("piece layers: a file of many pieces has none", fault.getMessage());
  }

  @Test
  void torrentIsWrittenWithNewAddressesAndTheSameInfo() throws MetainfoException {
    List<List<String>> tiers =
        List.of(List.of("http://a/announce", "udp://a:6969"), List.of("http://b/announce"));
    List<String> webSeeds = List.of("http://edge:8080/c/film/");
    for (String vector :
        List.of(
            LibtorrentVectors.SINGLE_HYBRID,
            LibtorrentVectors.MULTI_HYBRID,
            LibtorrentVectors.MULTI_V2,
            LibtorrentVectors.MULTI_V1)) {
      Metainfo original = parse(vector);
      byte[] written = original.toTorrent(tiers, webSeeds);
      Metainfo again = Metainfo.parse(written);
      assertEquals(original.info(), again.info());
      assertEquals(original.swarmHash(), again.swarmHash());
      assertEquals(tiers, again.announceTiers());
      assertEquals(webSeeds, again.webSeeds());
      assertArrayEquals(written, again.toTorrent(tiers, webSeeds));
    }
  }

  @Test
  void torrentWithoutAddressesNamesNone() throws MetainfoException {
    Metainfo metainfo =
        Metainfo.parse(
            parse(LibtorrentVectors.SINGLE_HYBRID).toTorrent(List.of(List.of()), List.of()));
    assertEquals(List.of(), metainfo.announceTiers());
    assertEquals(List.of(), metainfo.webSeeds());
  }

  @Test
  void infoViewCannotBeWritten() throws MetainfoException {
    assertTrue(parse(LibtorrentVectors.SINGLE_HYBRID).info().isReadOnly());
  }

  /**
   * Every piece verifies from a direct buffer, and no piece does when one of its bits is flipped.
   */
  private static void assertVerifiesExactly(Metainfo metainfo, byte[] content) {
    for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
      int length = metainfo.pieceLengthBytes(piece);
      ByteBuffer data = ByteBuffer.allocateDirect(length + 7);
      data.position(3);
      data.put(content, piece * metainfo.pieceLengthBytes(), length);
      data.flip().position(3);
      assertTrue(metainfo.verify(piece, data), "piece " + piece);
      assertEquals(3, data.position());
      for (int at : new int[] {0, length / 2, length - 1}) {
        data.put(3 + at, (byte) (data.get(3 + at) ^ 1));
        assertFalse(metainfo.verify(piece, data), "piece " + piece + " byte " + at);
        data.put(3 + at, (byte) (data.get(3 + at) ^ 1));
      }
      assertFalse(metainfo.verify(piece, data.slice(3, length - 1)));
      assertFalse(metainfo.verify(piece, data.clear()));
    }
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> metainfo.verify(metainfo.pieceCount(), ByteBuffer.allocate(1)));
  }

  private static Metainfo parse(String vector) throws MetainfoException {
    return Metainfo.parse(torrent(vector));
  }
}
