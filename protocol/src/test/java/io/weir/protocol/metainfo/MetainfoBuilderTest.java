package io.weir.protocol.metainfo;

import static io.weir.protocol.metainfo.LibtorrentVectors.pattern;
import static io.weir.protocol.metainfo.LibtorrentVectors.torrent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeLimits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetainfoBuilderTest {
  private static final int BLOCK = 16 * 1024;
  private static final int PIECE = 4 * BLOCK;

  @Test
  void buildsTheSameInfoAsLibtorrent() throws MetainfoException {
    Metainfo film = build("film.bin", pattern(100_000), 32_768);
    assertEquals(Metainfo.parse(torrent(LibtorrentVectors.SINGLE_HYBRID)).info(), film.info());
    Metainfo note = build("note.bin", pattern(40_000), 65_536);
    assertEquals(Metainfo.parse(torrent(LibtorrentVectors.SHORT_HYBRID)).info(), note.info());
  }

  /** libtorrent 2.0.8 gives a file of three blocks in a piece of four this info-hash. */
  @Test
  void wholeBlocksThatFillNoPowerOfTwoAreHashedAsLibtorrentDoes() {
    assertEquals(
        InfoHashV2.fromHex("b8540282e89831f73d9fb490eefe80281b80541e071ebb4bacad2c7e07ecacf6"),
        build("film.bin", pattern(3 * BLOCK), 65_536).infoHashV2());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1,
        BLOCK - 1,
        BLOCK,
        BLOCK + 1,
        2 * BLOCK,
        3 * BLOCK,
        PIECE - 1,
        PIECE,
        PIECE + 1,
        PIECE + BLOCK,
        2 * PIECE,
        3 * PIECE,
        5 * PIECE + 3 * BLOCK + 5
      })
  void everyLengthHasTheRootOfItsWholeTree(int length)
      throws BencodeException, NoSuchAlgorithmException {
    byte[] content = pattern(length);
    Metainfo metainfo = build("f", content, PIECE);
    byte[] info = new byte[metainfo.info().remaining()];
    metainfo.info().get(info);
    byte[] root =
        Bencode.asDictionary(Bencode.decode(info, BencodeLimits.METAINFO))
            .dictionary("file tree")
            .dictionary("f")
            .dictionary("")
            .string("pieces root")
            .toBytes();
    assertArrayEquals(wholeTreeRoot(content), root);
    for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
      ByteBuffer data = piece(content, piece, PIECE);
      assertTrue(metainfo.verify(piece, data));
      data.put(data.limit() - 1, (byte) ~data.get(data.limit() - 1));
      assertFalse(metainfo.verify(piece, data));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 262144",
    "1, 262144",
    "524288000, 262144",
    "524288001, 524288",
    "1073741824, 1048576",
    "33554432000, 16777216",
    "1099511627776, 16777216"
  })
  void pieceLengthKeepsPiecesFew(long total, int expected) {
    assertEquals(expected, MetainfoBuilder.pieceLengthFor(total));
  }

  @Test
  void whatCannotBeParsedCannotBeBuilt() {
    byte[] content = pattern(10);
    assertRefused("a/b", 10, PIECE, digests(content, PIECE));
    assertRefused("", 10, PIECE, digests(content, PIECE));
    assertRefused("f", 0, PIECE, digests(content, PIECE));
    assertRefused("f", 10, PIECE + BLOCK, digests(content, PIECE));
    assertRefused("f", PIECE + 1L, PIECE, digests(content, PIECE));
    assertRefused("f", 10, PIECE, List.of());
  }

  @Test
  void onlyPiecesAreHashed() {
    assertThrows(
        IllegalArgumentException.class, () -> PieceDigests.of(ByteBuffer.allocate(0), PIECE));
    assertThrows(
        IllegalArgumentException.class,
        () -> PieceDigests.of(ByteBuffer.allocate(PIECE + 1), PIECE));
    assertThrows(
        IllegalArgumentException.class, () -> PieceDigests.of(ByteBuffer.allocate(1), PIECE - 1));
  }

  private static void assertRefused(
      String name, long length, int pieceLength, List<PieceDigests> digests) {
    assertThrows(
        IllegalArgumentException.class,
        () -> MetainfoBuilder.singleFile(TorrentFormat.HYBRID, name, length, pieceLength, digests));
  }

  private static Metainfo build(String name, byte[] content, int pieceLength) {
    return MetainfoBuilder.singleFile(
        TorrentFormat.HYBRID, name, content.length, pieceLength, digests(content, pieceLength));
  }

  private static List<PieceDigests> digests(byte[] content, int pieceLength) {
    List<PieceDigests> digests = new ArrayList<>();
    for (int piece = 0; piece * pieceLength < content.length; piece++) {
      digests.add(PieceDigests.of(piece(content, piece, pieceLength), pieceLength));
    }
    return digests;
  }

  private static ByteBuffer piece(byte[] content, int piece, int pieceLength) {
    int from = piece * pieceLength;
    return ByteBuffer.wrap(
        Arrays.copyOfRange(content, from, Math.min(content.length, from + pieceLength)));
  }

  /** BEP 52 taken literally: all leaves of the file, zeros up to a power of two, one tree. */
  private static byte[] wholeTreeRoot(byte[] content) throws NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    List<byte[]> nodes = new ArrayList<>();
    for (int from = 0; from < content.length; from += BLOCK) {
      nodes.add(
          sha256.digest(Arrays.copyOfRange(content, from, Math.min(content.length, from + BLOCK))));
    }
    while (Integer.bitCount(nodes.size()) != 1) {
      nodes.add(new byte[32]);
    }
    while (nodes.size() > 1) {
      List<byte[]> parents = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i += 2) {
        sha256.update(nodes.get(i));
        parents.add(sha256.digest(nodes.get(i + 1)));
      }
      nodes = parents;
    }
    return nodes.get(0);
  }
}
