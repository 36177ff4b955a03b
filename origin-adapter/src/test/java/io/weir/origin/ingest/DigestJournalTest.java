package io.weir.origin.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DigestJournalTest {
  private static final int PIECES = 20;
  private static final int PIECE_BYTES = 16 << 10;
  private static final byte[] FINGERPRINT = new byte[32];

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void prepare() {
    file = directory.resolve("1.digests");
  }

  private static PieceDigests digests(TorrentFormat format, int piece) {
    ByteBuffer bytes = ByteBuffer.allocate(100 + piece);
    return format == TorrentFormat.V1
        ? PieceDigests.v1(bytes)
        : PieceDigests.of(bytes, PIECE_BYTES);
  }

  private DigestJournal open(TorrentFormat format) throws IOException {
    return DigestJournal.open(file, FINGERPRINT, format, PIECES);
  }

  private void write(TorrentFormat format, int... pieces) throws IOException {
    try (DigestJournal journal = open(format)) {
      for (int piece : pieces) {
        journal.append(piece, digests(format, piece));
      }
    }
  }

  private int[] known(TorrentFormat format) throws IOException {
    try (DigestJournal journal = open(format)) {
      var known = journal.known();
      for (int piece = 0; piece < PIECES; piece++) {
        if (known[piece] != null) {
          PieceDigests expected = digests(format, piece);
          assertArrayEquals(expected.sha1(), known[piece].sha1());
          assertArrayEquals(expected.pieceRoot(), known[piece].pieceRoot());
          assertArrayEquals(expected.fileRoot(), known[piece].fileRoot());
        }
      }
      return IntStream.range(0, PIECES).filter(piece -> known[piece] != null).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAppendedIsKnownAgainInWhateverOrder(TorrentFormat format) throws Exception {
    write(format, 7, 3);
    write(format, 19, 0);

    assertArrayEquals(new int[] {0, 3, 7, 19}, known(format));
  }

  @ParameterizedTest
  @EnumSource
  void tailTornAnywhereCostsOnlyItsPiece(TorrentFormat format) throws Exception {
    write(format, 1, 2);
    long whole = Files.size(file);
    write(format, 3);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = (int) whole; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertArrayEquals(new int[] {1, 2}, known(format));
      assertEquals(whole, Files.size(file));
      write(format, 5);
      assertArrayEquals(new int[] {1, 2, 5}, known(format));
    }
  }

  @Test
  void tailOfZerosAsPowerLossLeavesItIsCutOff() throws Exception {
    write(TorrentFormat.V1, 1, 2);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 4096));

    assertArrayEquals(new int[] {1, 2}, known(TorrentFormat.V1));
  }

  @Test
  void flippedBitIsNeverTakenForADigest() throws Exception {
    write(TorrentFormat.V1, 0, 1, 2, 3);
    byte[] whole = Files.readAllBytes(file);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      int[] known = known(TorrentFormat.V1);
      for (int i = 0; i < known.length; i++) {
        assertEquals(i, known[i], "seed " + seed);
      }
    }
  }

  @Test
  void otherObjectsBeginAnew() throws Exception {
    write(TorrentFormat.V1, 1, 2);
    byte[] other = new byte[32];
    other[31] = 1;

    try (DigestJournal journal = DigestJournal.open(file, other, TorrentFormat.V1, PIECES)) {
      assertNull(journal.known()[1]);
    }
    assertArrayEquals(new int[0], known(TorrentFormat.V1));
  }

  @Test
  void pieceThatThereIsNotEndsTheJournal() throws Exception {
    write(TorrentFormat.V1, 1, PIECES, 2);

    assertArrayEquals(new int[] {1}, known(TorrentFormat.V1));
  }

  @Test
  void journalThatCannotBeWrittenFailsNobody() throws Exception {
    DigestJournal journal = open(TorrentFormat.V1);
    journal.close();

    journal.append(1, digests(TorrentFormat.V1, 1));

    assertArrayEquals(new int[0], known(TorrentFormat.V1));
  }
}
