package io.weir.protocol.metainfo;

import static io.weir.protocol.metainfo.LibtorrentVectors.pattern;
import static io.weir.protocol.metainfo.LibtorrentVectors.torrent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.metainfo.TorrentDraft.NewFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes in parts are a piece exactly when the same bytes in one buffer are. */
class PieceVerificationTest {
  private static final int ROUNDS = 40;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource
  void partsAreVerifiedLikeTheWholePieceWhateverTheGeometry(TorrentFormat format)
      throws MetainfoException {
    for (int round = 0; round < ROUNDS; round++) {
      int pieceLength = (16 << 10) << random.nextInt(5);
      assertVerifiedInPartsAsWhole(randomTorrent(format, pieceLength));
    }
  }

  @Test
  void piecesOfV2TorrentsOfLibtorrentAreVerifiedInParts() throws MetainfoException {
    Metainfo v2 = Metainfo.parse(torrent(LibtorrentVectors.MULTI_V2));
    byte[] all = LibtorrentVectors.paddedSet();
    for (int round = 0; round < ROUNDS; round++) {
      assertVerifiedInPartsAsWhole(new Filled(v2, all));
    }
  }

  @Test
  void everyHashOfHybridIsAskedInParts() throws MetainfoException {
    byte[] content = pattern(100_000);
    TorrentDraft draft =
        TorrentDraft.ofFile(TorrentFormat.HYBRID, "film", content.length, 128 << 10);
    PieceDigests right = draft.digest(0, ByteBuffer.wrap(content));
    PieceDigests wrongSha1 =
        new PieceDigests(new byte[Digests.SHA1_BYTES], right.pieceRoot(), right.fileRoot());
    Metainfo halfWrong = draft.metainfo(List.of(wrongSha1));
    assertTrue(inParts(halfWrong.beginPiece(0), content));
    assertFalse(inParts(halfWrong.beginPieceByEveryHash(0), content));
  }

  @Test
  void updateTakesAllThatRemainsAndLeavesTheLimit() throws MetainfoException {
    byte[] content = pattern(1000);
    TorrentDraft draft =
        TorrentDraft.ofFile(TorrentFormat.HYBRID, "film", content.length, 16 << 10);
    Metainfo metainfo = draft.metainfo(List.of(draft.digest(0, ByteBuffer.wrap(content))));
    ByteBuffer part = ByteBuffer.allocateDirect(1010);
    part.position(5).put(content).flip().position(5);
    PieceVerification verification = metainfo.beginPieceByEveryHash(0);
    verification.update(part);
    assertEquals(1005, part.position());
    assertEquals(1005, part.limit());
    assertTrue(verification.verify());
  }

  private record Filled(Metainfo metainfo, byte[] all) {}

  private Filled randomTorrent(TorrentFormat format, int pieceLength) throws MetainfoException {
    List<NewFile> files = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      files.add(new NewFile(List.of("file" + i), 1 + random.nextInt(2 * pieceLength)));
    }
    TorrentDraft draft = TorrentDraft.ofFiles(format, "set", files, pieceLength);
    byte[] all = new byte[(int) draft.layout().totalLengthBytes()];
    for (TorrentFile file : draft.layout().files()) {
      if (!file.padding()) {
        byte[] bytes = new byte[(int) file.lengthBytes()];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, all, (int) file.offsetBytes(), bytes.length);
      }
    }
    List<PieceDigests> digests = new ArrayList<>();
    for (int piece = 0; piece < draft.layout().pieceCount(); piece++) {
      digests.add(draft.digest(piece, ByteBuffer.wrap(piece(draft.layout(), all, piece))));
    }
    return new Filled(draft.metainfo(digests), all);
  }

  private void assertVerifiedInPartsAsWhole(Filled torrent) {
    Metainfo metainfo = torrent.metainfo();
    int piece = random.nextInt(metainfo.pieceCount());
    byte[] right = piece(metainfo.layout(), torrent.all(), piece);
    byte[] wrong = right.clone();
    wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
    byte[] shorter = Arrays.copyOf(right, right.length - 1);
    byte[] longer = Arrays.copyOf(right, right.length + 1);
    for (byte[] bytes : List.of(right, wrong, shorter, longer)) {
      String which = "seed " + seed + " piece " + piece + " of " + bytes.length + " bytes";
      assertEquals(bytes == right, metainfo.verify(piece, ByteBuffer.wrap(bytes)), which);
      assertEquals(bytes == right, inParts(metainfo.beginPiece(piece), bytes), which);
      assertEquals(bytes == right, inParts(metainfo.beginPieceByEveryHash(piece), bytes), which);
    }
  }

  private boolean inParts(PieceVerification verification, byte[] bytes) {
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(bytes.length - from, random.nextInt(40_000));
      ByteBuffer part =
          random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
      verification.update(part.put(bytes, from, length).flip());
      from += length;
    }
    return verification.verify();
  }

  private static byte[] piece(FileLayout layout, byte[] all, int piece) {
    int from = piece * layout.pieceLengthBytes();
    return Arrays.copyOfRange(all, from, from + layout.pieceLengthBytes(piece));
  }
}
