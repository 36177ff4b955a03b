package io.weir.protocol.metainfo;

import static io.weir.protocol.metainfo.LibtorrentVectors.pattern;
import static io.weir.protocol.metainfo.LibtorrentVectors.torrent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.metainfo.TorrentDraft.NewFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorrentDraftTest {
  private static final int PIECE = 32 << 10;

  /** A file of a directory that is to be made a torrent of. */
  private record Sample(String path, byte[] bytes) {
    NewFile file() {
      return new NewFile(List.of(path.split("/")), bytes.length);
    }
  }

  @Test
  void hybridDirectoryHasTheSameInfoAsLibtorrents() throws MetainfoException {
    List<Sample> set =
        List.of(new Sample("a.bin", pattern(40_000)), new Sample("c.bin", pattern(90_000)));
    assertEquals(
        Metainfo.parse(torrent(LibtorrentVectors.MULTI_HYBRID_WITHOUT_TAIL)).info(),
        make(TorrentFormat.HYBRID, "set", set, PIECE).info());
  }

  @Test
  void v1DirectoryHasTheSameInfoAsLibtorrents() throws MetainfoException {
    List<Sample> set =
        List.of(
            new Sample("c.bin", pattern(90_000)),
            new Sample("b/one.bin", pattern(1)),
            new Sample("b/empty", new byte[0]),
            new Sample("a.bin", pattern(40_000)));
    assertEquals(
        Metainfo.parse(torrent(LibtorrentVectors.MULTI_V1)).info(),
        make(TorrentFormat.V1, "set", set, PIECE).info());
  }

  @ParameterizedTest
  @EnumSource
  void whateverTheFilesEachPieceIsTheirBytesAndTheOrderOfNamingChangesNothing(TorrentFormat format)
      throws MetainfoException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<Sample> set = randomSet(random);
      Metainfo metainfo = make(format, "set ä", set, PIECE);
      Collections.shuffle(set, random);
      assertEquals(metainfo.info(), make(format, "set ä", set, PIECE).info(), "seed " + seed);
      byte[] all = concatenation(metainfo.layout(), set);
      for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
        ByteBuffer data = piece(metainfo.layout(), all, piece);
        assertTrue(metainfo.verifyEveryHash(piece, data), "seed " + seed + " round " + round);
        int at = random.nextInt(data.limit());
        data.put(at, (byte) ~data.get(at));
        assertFalse(metainfo.verifyEveryHash(piece, data), "seed " + seed + " round " + round);
      }
      assertEquals(
          metainfo.info(),
          Metainfo.parse(metainfo.toTorrent(List.of(), List.of())).info(),
          "seed " + seed);
    }
  }

  private static List<Sample> randomSet(Random random) {
    int[] lengths = {0, 1, 100, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 77};
    List<Sample> set = new ArrayList<>();
    set.add(new Sample("first", pattern(1 + random.nextInt(PIECE))));
    int files = random.nextInt(12);
    for (int i = 0; i < files; i++) {
      String directory = List.of("", "d/", "d/ü/", "d-/", "z/").get(random.nextInt(5));
      byte[] bytes = new byte[lengths[random.nextInt(lengths.length)]];
      random.nextBytes(bytes);
      set.add(new Sample(directory + i + List.of("", ".bin", "😀").get(random.nextInt(3)), bytes));
    }
    return set;
  }

  @Test
  void filesAreInTheOrderOfRawBytesElementByElement() throws MetainfoException {
    List<NewFile> files =
        List.of(
            new NewFile(List.of("a", "b"), 1),
            new NewFile(List.of("a-"), 1),
            new NewFile(List.of("\uFF61"), 1),
            new NewFile(List.of("😀"), 1));
    List<NewFile> shuffled = new ArrayList<>(files);
    Collections.reverse(shuffled);

    FileLayout layout = TorrentDraft.ofFiles(TorrentFormat.V1, "n", shuffled, PIECE).layout();

    assertEquals(
        files.stream().map(NewFile::path).toList(),
        layout.files().stream().map(TorrentFile::path).toList());
  }

  @Test
  void onlyHybridsArePadded() throws MetainfoException {
    List<NewFile> files =
        List.of(
            new NewFile(List.of("a"), PIECE),
            new NewFile(List.of("b"), 1),
            new NewFile(List.of("c"), 0),
            new NewFile(List.of("d"), 1));

    assertEquals(PIECE + 2, lengthOf(TorrentFormat.V1, files));
    assertEquals(2 * PIECE + 1, lengthOf(TorrentFormat.HYBRID, files));
  }

  private static long lengthOf(TorrentFormat format, List<NewFile> files) throws MetainfoException {
    return TorrentDraft.ofFiles(format, "n", files, PIECE).layout().totalLengthBytes();
  }

  @Test
  void tinyFilesOfAHybridAreNotDrownedInPadding() {
    List<NewFile> tiny =
        IntStream.range(0, 1_000).mapToObj(i -> new NewFile(List.of("f" + i), 100)).toList();

    assertEquals(16 << 10, MetainfoBuilder.pieceLengthFor(TorrentFormat.HYBRID, tiny));
    assertEquals(256 << 10, MetainfoBuilder.pieceLengthFor(TorrentFormat.V1, tiny));
    assertEquals(
        256 << 10,
        MetainfoBuilder.pieceLengthFor(
            TorrentFormat.HYBRID, List.of(new NewFile(List.of("f"), 200_000))));
  }

  @Test
  void whatNoTorrentCanHoldIsRefusedBeforeAnythingIsHashed() {
    assertRefused("none", TorrentFormat.V1, List.of());
    assertRefused("no bytes", TorrentFormat.V1, List.of(new NewFile(List.of("a"), 0)));
    assertRefused("two files", TorrentFormat.V1, file("a"), file("a"));
    assertRefused("directory", TorrentFormat.V1, file("a"), file("a", "b"));
    assertRefused("too long", TorrentFormat.V1, new NewFile(List.of("a"), Long.MAX_VALUE));
    assertRefused("relative directory", TorrentFormat.HYBRID, file("..", "a"));
    String[] deep = Collections.nCopies(32, "d").toArray(String[]::new);
    assertRefused("deep", TorrentFormat.HYBRID, file(deep));
    List<NewFile> longNames =
        IntStream.range(0, 45_000)
            .mapToObj(i -> new NewFile(List.of("n".repeat(240) + i), 1))
            .toList();
    assertRefused("long", TorrentFormat.V1, longNames);
  }

  private static NewFile file(String... path) {
    return new NewFile(List.of(path), 1);
  }

  private static void assertRefused(String text, TorrentFormat format, NewFile... files) {
    assertRefused(text, format, List.of(files));
  }

  private static void assertRefused(String text, TorrentFormat format, List<NewFile> files) {
    MetainfoException refusal =
        assertThrows(
            MetainfoException.class, () -> TorrentDraft.ofFiles(format, "n", files, PIECE));
    assertTrue(String.valueOf(refusal.getMessage()).contains(text), refusal.getMessage());
  }

  @Test
  void digestsOfOtherPiecesOrAnotherFormatMakeNoTorrent() throws MetainfoException {
    TorrentDraft draft = TorrentDraft.ofFiles(TorrentFormat.HYBRID, "n", List.of(file("a")), PIECE);
    PieceDigests v1 = PieceDigests.v1(ByteBuffer.allocate(1));

    assertThrows(IllegalArgumentException.class, () -> draft.metainfo(List.of()));
    assertThrows(IllegalArgumentException.class, () -> draft.metainfo(List.of(v1)));
    assertThrows(IllegalArgumentException.class, () -> draft.digest(0, ByteBuffer.allocate(2)));
  }

  /** A publisher's tool that hashed the two halves at different times makes such a torrent. */
  @Test
  void hybridWhoseHalvesDisagreeMatchesNoBytes() throws MetainfoException {
    byte[] content = pattern(100);
    PieceDigests right = PieceDigests.of(ByteBuffer.wrap(content), PIECE);
    PieceDigests liar = new PieceDigests(new byte[20], right.pieceRoot(), right.fileRoot());
    Metainfo metainfo =
        MetainfoBuilder.singleFile(TorrentFormat.HYBRID, "f", 100, PIECE, List.of(liar));

    assertTrue(metainfo.verify(0, ByteBuffer.wrap(content)));
    assertFalse(metainfo.verifyEveryHash(0, ByteBuffer.wrap(content)));
  }

  private static Metainfo make(TorrentFormat format, String name, List<Sample> set, int pieceLength)
      throws MetainfoException {
    List<NewFile> files = set.stream().map(Sample::file).toList();
    TorrentDraft draft = TorrentDraft.ofFiles(format, name, files, pieceLength);
    byte[] all = concatenation(draft.layout(), set);
    List<PieceDigests> digests =
        IntStream.range(0, draft.layout().pieceCount())
            .mapToObj(piece -> draft.digest(piece, piece(draft.layout(), all, piece)))
            .toList();
    Metainfo metainfo = MetainfoBuilder.multiFile(format, name, files, pieceLength, digests);
    assertEquals(format == TorrentFormat.HYBRID, metainfo.infoHashV2() != null);
    assertTrue(metainfo.multiFile());
    return metainfo;
  }

  private static ByteBuffer piece(FileLayout layout, byte[] all, int piece) {
    int from = piece * layout.pieceLengthBytes();
    return ByteBuffer.wrap(Arrays.copyOfRange(all, from, from + layout.pieceLengthBytes(piece)));
  }

  private static byte[] concatenation(FileLayout layout, List<Sample> set) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (TorrentFile file : layout.files()) {
      assertEquals(all.size(), file.offsetBytes());
      all.writeBytes(file.padding() ? new byte[(int) file.lengthBytes()] : bytes(file, set));
    }
    return all.toByteArray();
  }

  private static byte[] bytes(TorrentFile file, List<Sample> set) {
    String path = String.join("/", file.path());
    return set.stream()
        .filter(sample -> sample.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError(path))
        .bytes();
  }
}
