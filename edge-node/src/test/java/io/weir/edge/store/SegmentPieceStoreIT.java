package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.piece.Parts;
import io.weir.edge.piece.StoredRun;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.PieceStore.PutResult;
import io.weir.protocol.metainfo.InfoHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentPieceStoreIT {
  private static final int MIB = 1 << 20;
  private static final long CAPACITY_BYTES = 64L * MIB;

  @TempDir private Path directory;
  private final CountedBuffers buffers = new CountedBuffers();
  private PieceStore store;

  @BeforeEach
  void open() throws IOException {
    store = reopened(CAPACITY_BYTES);
  }

  @AfterEach
  void closeWithoutLeak() {
    store.close();
    assertEquals(0, buffers.active());
  }

  @Test
  void piecesOfAnyLengthReadBackAsTheyWere() {
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    int[] lengths = {1, Parts.BYTES, Parts.BYTES + 1, 16 * MIB};
    for (int piece = 0; piece < lengths.length; piece++) {
      assertEquals(PutResult.STORED, put(ordinal, piece, bytes(piece, lengths[piece])));
    }
    for (int piece = 0; piece < lengths.length; piece++) {
      assertStored(bytes(piece, lengths[piece]), ordinal, piece);
    }
    assertNull(store.read(ordinal, lengths.length, 0));
    assertNull(store.read(ordinal + 1, 0, 0));
  }

  @Test
  void piecesAndOrdinalsOutliveReopening() throws IOException {
    long first = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    long second = store.ordinalOf("film", 2, TestContent.INFO_HASH);
    put(first, 3, bytes(3, MIB));
    put(second, 0, bytes(4, 100));
    store.close();
    store = reopened(CAPACITY_BYTES);
    assertEquals(first, store.ordinalOf("film", 1, TestContent.INFO_HASH));
    assertEquals(second, store.ordinalOf("film", 2, TestContent.INFO_HASH));
    assertTrue(store.ordinalOf("other", 1, TestContent.INFO_HASH) > second);
    assertEquals(BitSet.valueOf(new long[] {1 << 3}), store.have(first));
    assertEquals(MIB + 100, store.storedBytes());
    assertStored(bytes(3, MIB), first, 3);
  }

  @Test
  void capEvictsTheContentLeftAloneForLongest() {
    long cold = store.ordinalOf("cold", 1, TestContent.INFO_HASH);
    long warm = store.ordinalOf("warm", 1, TestContent.INFO_HASH);
    long next = store.ordinalOf("next", 1, TestContent.INFO_HASH);
    put(warm, 0, bytes(0, 30 * MIB));
    put(cold, 0, bytes(1, 16 * MIB));
    put(cold, 1, bytes(2, 16 * MIB));
    assertStored(bytes(0, 30 * MIB), warm, 0);
    assertEquals(PutResult.STORED, put(next, 0, bytes(3, 16 * MIB)));
    assertTrue(store.has(warm, 0));
    assertFalse(store.has(cold, 0));
    assertNull(store.read(cold, 0, 0));
    assertTrue(store.has(cold, 1));
    assertTrue(store.storedBytes() <= CAPACITY_BYTES);
  }

  @Test
  void fullForBackgroundPutsWhenOnlyProtectedContentCouldGo() {
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    store.protect(Set.of(ordinal));
    for (int piece = 0; piece < 4; piece++) {
      assertEquals(PutResult.STORED, put(ordinal, piece, bytes(piece, 16 * MIB)));
    }
    assertEquals(PutResult.FULL, putInBackground(ordinal, 4, bytes(4, 1)));
    assertEquals(CAPACITY_BYTES, store.storedBytes());
    assertEquals(PutResult.STORED, put(ordinal, 4, bytes(4, 1)));
    assertFalse(store.has(ordinal, 0));
  }

  @Test
  void putsWithoutEndKeepTheDirectoryBounded() throws IOException {
    byte[] piece = bytes(0, MIB);
    store.close();
    store = reopened(32L * MIB);
    for (int i = 0; i < 400; i++) {
      long ordinal = store.ordinalOf("content-" + i / 4, 1, TestContent.INFO_HASH);
      assertEquals(PutResult.STORED, put(ordinal, i % 4, piece));
    }
    assertTrue(store.storedBytes() <= 32L * MIB);
    assertTrue(bytesOfFiles() <= 32L * MIB, bytesOfFiles() + " bytes in files of pieces");
  }

  @Test
  void droppedVersionIsGoneAndStaysGone() throws IOException {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    long kept = store.ordinalOf("kept", 1, TestContent.INFO_HASH);
    put(film, 0, bytes(0, MIB));
    put(kept, 0, bytes(1, MIB));
    store.retain(Set.of(kept));
    assertNull(store.read(film, 0, 0));
    assertEquals(PutResult.FORGOTTEN, put(film, 0, bytes(0, MIB)));
    store.close();
    store = reopened(CAPACITY_BYTES);
    assertEquals(MIB, store.storedBytes());
    assertStored(bytes(1, MIB), kept, 0);
    assertTrue(store.have(store.ordinalOf("film", 1, TestContent.INFO_HASH)).isEmpty());
  }

  @Test
  void piecesOfAnotherInfoHashAreNeverTakenForThisOnes() throws IOException {
    InfoHash other = InfoHash.fromHex("ab".repeat(InfoHash.LENGTH_BYTES));
    long before = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    put(before, 0, bytes(0, 100));
    store.close();
    store = reopened(CAPACITY_BYTES);
    long after = store.ordinalOf("film", 1, other);
    assertFalse(store.has(after, 0));
    assertNull(store.read(after, 0, 0));
    assertEquals(Set.of(before, after), store.ordinalsOf("film", 1));
    store.retain(Set.of(after));
    assertEquals(0, store.storedBytes());
    assertEquals(Set.of(after), store.ordinalsOf("film", 1));
  }

  @Test
  void storeThatNamedNoInfoHashesIsSweptAndItsOrdinalsAreNotReused() throws Exception {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    long lost = store.ordinalOf("lost", 1, TestContent.INFO_HASH);
    put(film, 0, bytes(0, 100));
    put(lost, 0, bytes(1, 100));
    store.close();
    try (RocksTables tables = RocksTables.open(directory)) {
      byte[] withoutInfoHash = new byte[] {0, 0, 0, 1, 'f', 'i', 'l', 'm'};
      tables.db.put(tables.head, StoreKeys.head(film), withoutInfoHash);
      tables.db.delete(tables.head, StoreKeys.head(lost));
    }
    for (int open = 0; open < 2; open++) {
      store = reopened(CAPACITY_BYTES);
      assertEquals(0, store.storedBytes());
      long next = store.ordinalOf("next", 1, TestContent.INFO_HASH);
      assertTrue(open == 1 || next > lost);
      assertTrue(store.have(next).isEmpty());
      store.close();
    }
    store = reopened(CAPACITY_BYTES);
  }

  @Test
  void retainSweepsWhatIsNotNamed() {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    long kept = store.ordinalOf("kept", 1, TestContent.INFO_HASH);
    put(film, 0, bytes(0, MIB));
    put(kept, 0, bytes(1, MIB));
    store.retain(Set.of(kept));
    assertFalse(store.has(film, 0));
    assertTrue(store.has(kept, 0));
  }

  @Test
  void byteThatFlippedOnDiskIsNeverServed() throws IOException {
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 4; piece++) {
      put(ordinal, piece, bytes(piece, MIB));
    }
    store.close();
    flipInFiles(bytes(2, MIB));
    store = reopened(CAPACITY_BYTES);
    assertTrue(store.has(ordinal, 2));
    assertNull(store.read(ordinal, 2, 0));
    assertFalse(store.has(ordinal, 2));
    assertStored(bytes(1, MIB), ordinal, 1);
    assertEquals(PutResult.STORED, put(ordinal, 2, bytes(2, MIB)));
    assertStored(bytes(2, MIB), ordinal, 2);
  }

  @Test
  void runGoesAsFarAsBytesLieOneAfterTheOtherAndNoFurther() throws IOException {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    int pieceBytes = 100_000;
    for (int piece : new int[] {0, 1, 3}) {
      put(film, piece, bytes(piece, pieceBytes));
    }
    StoredRun run = store.run(film, 0, 1_000, 1 << 20);
    assertNotNull(run);
    assertEquals(2 * pieceBytes - 1_000, run.lengthBytes());
    byte[] expected = new byte[2 * pieceBytes];
    System.arraycopy(bytes(0, pieceBytes), 0, expected, 0, pieceBytes);
    System.arraycopy(bytes(1, pieceBytes), 0, expected, pieceBytes, pieceBytes);
    ByteBuffer sent = ByteBuffer.allocate(run.lengthBytes());
    run.channel().read(sent, run.positionBytes());
    assertArrayEquals(Arrays.copyOfRange(expected, 1_000, expected.length), sent.array());
    store.retain(Set.of());
    assertEquals(1, run.channel().read(ByteBuffer.allocate(1), run.positionBytes()));
    run.release();
    assertFalse(run.channel().isOpen());
    assertNull(store.run(film, 0, 0, 1));
  }

  @Test
  void nothingIsSentByTheKernelBeforeItsChecksumWasVerifiedSinceTheOpen() throws IOException {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    put(film, 0, bytes(0, 600_000));
    store.close();
    store = reopened(CAPACITY_BYTES);
    assertNull(store.run(film, 0, 0, 600_000));
    ByteBuf middle = store.read(film, 0, 1);
    assertNotNull(middle);
    middle.release();
    assertNull(store.run(film, 0, 0, 600_000));
    StoredRun run = store.run(film, 0, Parts.BYTES, Parts.BYTES);
    assertNotNull(run);
    run.release();
    assertStored(bytes(0, 600_000), film, 0);
    run = store.run(film, 0, 0, 600_000);
    assertNotNull(run);
    assertEquals(600_000, run.lengthBytes());
    run.release();
  }

  @Test
  void droppedContentGivesItsSpaceBackAtOnce() throws IOException {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    long other = store.ordinalOf("other", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 20; piece++) {
      put(film, piece, bytes(piece, MIB / 2));
      put(other, piece, bytes(piece, MIB / 2));
    }
    store.retain(Set.of(other));
    assertTrue(bytesOfFiles() <= 10L * MIB + SegmentSize.MIN_BYTES, bytesOfFiles() + " bytes");
    for (int piece = 0; piece < 20; piece++) {
      assertStored(bytes(piece, MIB / 2), other, piece);
    }
  }

  @Test
  void bytesWrittenAreThoseOfThePieces() throws IOException {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 40; piece++) {
      put(film, piece, bytes(piece, MIB));
    }
    assertEquals(40L * MIB, bytesOfFiles());
    store.close();
    long others = -bytesOfFiles();
    try (Stream<Path> files = Files.walk(directory)) {
      others += files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
    assertTrue(others < MIB, others + " bytes beside the pieces");
    store = reopened(CAPACITY_BYTES);
  }

  @Test
  void secondOpenOfADirectoryIsRefused() {
    IOException refused = assertThrows(IOException.class, () -> reopened(CAPACITY_BYTES));
    assertTrue(refused.getMessage().contains("in use by another process"), refused.getMessage());
  }

  @Test
  void secondProcessOnADirectoryIsRefusedAndTouchesNothing() throws Exception {
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    put(ordinal, 0, bytes(0, MIB));
    Process second = writer(ProcessBuilder.Redirect.PIPE);
    String said = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, second.waitFor(), said);
    assertTrue(said.contains(directory + " is in use by another process"), said);
    store.close();
    store = reopened(CAPACITY_BYTES);
    assertStored(bytes(0, MIB), ordinal, 0);
  }

  @Test
  void nativeLibraryLeavesNoFileBehind() throws Exception {
    store.close();
    Process writer = writer(ProcessBuilder.Redirect.DISCARD);
    try {
      assertTrue(writer.getInputStream().read() >= 0);
    } finally {
      writer.destroyForcibly().waitFor();
    }
    try (Stream<Path> left = Files.list(directory.resolve("native"))) {
      assertEquals(List.of(), left.toList());
    }
    store = reopened(CAPACITY_BYTES);
  }

  @Test
  void storeWhoseMapsAreBrokenBeginsAnew() throws Exception {
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    put(ordinal, 0, bytes(0, MIB));
    store.close();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        Files.write(file, new byte[(int) Files.size(file)]);
      }
    }
    MeterRegistry meters = new SimpleMeterRegistry();
    store = TestStore.open(directory, CAPACITY_BYTES, buffers.allocator(), meters);
    assertEquals(1, meters.counter("weir.store.resets").count());
    assertEquals(0, store.storedBytes());
    long again = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    assertEquals(PutResult.STORED, put(again, 0, bytes(0, MIB)));
    assertStored(bytes(0, MIB), again, 0);
  }

  @Test
  void brokenPieceIsCountedByItsCause() throws Exception {
    store.close();
    MeterRegistry meters = new SimpleMeterRegistry();
    store = TestStore.open(directory, CAPACITY_BYTES, buffers.allocator(), meters);
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 3; piece++) {
      put(ordinal, piece, bytes(piece, MIB));
    }
    store.drop(ordinal, 0);
    store.close();
    flipInFiles(bytes(1, MIB));
    store = TestStore.open(directory, CAPACITY_BYTES, buffers.allocator(), meters);
    try (RandomAccessFile last = new RandomAccessFile(files().get(1).toFile(), "rw")) {
      last.setLength(MIB / 2);
    }
    assertNull(store.read(ordinal, 1, 0));
    assertNull(store.read(ordinal, 2, 3));
    for (String cause : List.of("hash", "checksum", "missing")) {
      assertEquals(1, meters.get("weir.store.lost").tag("cause", cause).counter().count(), cause);
    }
    assertEquals(2, store.losses());
    assertEquals(0, store.storedBytes());
  }

  @Test
  void lookingWithoutUsingKeepsTheOrderOfEviction() {
    long cold = store.ordinalOf("cold", 1, TestContent.INFO_HASH);
    long warm = store.ordinalOf("warm", 1, TestContent.INFO_HASH);
    put(cold, 0, bytes(0, 30 * MIB));
    put(warm, 0, bytes(1, 30 * MIB));
    ByteBuf looked = store.peek(cold, 0, 0);
    assertNotNull(looked);
    looked.release();
    put(store.ordinalOf("next", 1, TestContent.INFO_HASH), 0, bytes(2, 16 * MIB));
    assertFalse(store.has(cold, 0));
    assertTrue(store.has(warm, 0));
  }

  /** However small its pieces and however often it is opened. */
  @Test
  void thousandsOfSmallContentsMakeFewFiles() throws IOException {
    for (int content = 0; content < 5_000; content++) {
      if (content % 500 == 0) {
        store.close();
        store = reopened(CAPACITY_BYTES);
      }
      long ordinal = store.ordinalOf("content-" + content, 1, TestContent.INFO_HASH);
      assertEquals(PutResult.STORED, put(ordinal, 0, new byte[] {(byte) content}));
    }
    store.close();
    store = reopened(CAPACITY_BYTES);
    assertEquals(5_000, store.storedBytes());
    for (int content = 0; content < 5_000; content += 77) {
      long ordinal = store.ordinalOf("content-" + content, 1, TestContent.INFO_HASH);
      assertStored(new byte[] {(byte) content}, ordinal, 0);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      long count = files.count();
      assertTrue(count < 60, count + " files");
    }
  }

  @Test
  void closedStoreNeitherStoresNorFinds() {
    long ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    put(ordinal, 0, bytes(0, 100));
    store.close();
    store.close();
    assertNull(store.read(ordinal, 0, 0));
    assertEquals(PutResult.FAILED, put(ordinal, 1, bytes(1, 100)));
    store.drop(ordinal, 0);
    store.retain(Set.of());
  }

  @Test
  void readersBesideEvictionsSeeWholePiecesOrNone() throws Exception {
    store.close();
    store = reopened(8L * MIB);
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> reads = new ArrayList<>();
      long first = store.ordinalOf("content-0", 1, TestContent.INFO_HASH);
      for (int content = 1; content < 4; content++) {
        assertEquals(
            first + content, store.ordinalOf("content-" + content, 1, TestContent.INFO_HASH));
      }
      for (int reader = 0; reader < 2; reader++) {
        reads.add(readers.submit(() -> readAll(first)));
      }
      for (int i = 0; i < 200; i++) {
        put(first + i % 4, i / 4 % 8, bytes(i / 4 % 8, MIB / 2));
      }
      for (Future<Integer> read : reads) {
        assertTrue(read.get() >= 0);
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private int readAll(long first) {
    int found = 0;
    for (int i = 0; i < 400; i++) {
      byte[] bytes = TestStore.get(store, first + i % 4, i % 8, MIB / 2);
      if (bytes != null) {
        found++;
        assertArrayEquals(bytes(i % 8, MIB / 2), bytes);
      }
    }
    return found;
  }

  @Test
  void killedWriterLeavesOnlyWholePieces() throws Exception {
    store.close();
    Process writer = writer(ProcessBuilder.Redirect.DISCARD);
    int said = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && said < 150; line = lines.readLine()) {
        said += line.contains(PutResult.STORED.name()) ? 1 : 0;
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    store = reopened(PieceWriterProcess.CAPACITY_BYTES);
    int found = 0;
    for (int content = 0; content <= said / PieceWriterProcess.PIECES_PER_CONTENT + 1; content++) {
      long ordinal = store.ordinalOf("content-" + content, 1, TestContent.INFO_HASH);
      for (int piece : store.have(ordinal).stream().toArray()) {
        assertStored(PieceWriterProcess.bytesOf(ordinal, piece), ordinal, piece);
        found++;
      }
    }
    assertEquals(150, said);
    long room = PieceWriterProcess.CAPACITY_BYTES / PieceWriterProcess.PIECE_BYTES;
    assertTrue(
        found == room || found == room - 1, found + " pieces where there is room for " + room);
  }

  private Process writer(ProcessBuilder.Redirect errors) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            PieceWriterProcess.class.getName(),
            directory.toString())
        .redirectError(errors)
        .start();
  }

  private PieceStore reopened(long capacityBytes) throws IOException {
    return TestStore.open(directory, capacityBytes, buffers.allocator());
  }

  private PutResult put(long ordinal, int piece, byte[] bytes) {
    return TestStore.put(store, ordinal, piece, bytes, Eviction.ANY, buffers.allocator());
  }

  private PutResult putInBackground(long ordinal, int piece, byte[] bytes) {
    return TestStore.put(store, ordinal, piece, bytes, Eviction.UNPROTECTED, buffers.allocator());
  }

  private void assertStored(byte[] bytes, long ordinal, int piece) {
    assertArrayEquals(bytes, TestStore.get(store, ordinal, piece, bytes.length), "piece " + piece);
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      return files.sorted().toList();
    }
  }

  private long bytesOfFiles() throws IOException {
    return files().stream().mapToLong(file -> file.toFile().length()).sum();
  }

  /** In the middle of where these bytes lie. */
  private void flipInFiles(byte[] piece) throws IOException {
    byte[] needle = new byte[64];
    System.arraycopy(piece, 100_000, needle, 0, needle.length);
    boolean flipped = false;
    for (Path file : files()) {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int at = bytes.indexOf(new String(needle, StandardCharsets.ISO_8859_1));
      if (at >= 0) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.seek(at);
          open.write(needle[0] ^ 1);
          flipped = true;
        }
      }
    }
    assertTrue(flipped);
  }
}
