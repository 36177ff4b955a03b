package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.PieceStore.PutResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.LiveFileMetaData;

/** A byte that flips in a file of pieces costs the pieces that it makes unreadable, no more. */
final class FlippedByteIT {
  private static final int MIB = 1 << 20;
  private static final long CAPACITY_BYTES = 64L * MIB;

  /** What a small file ends in, at least: index, properties, footer. */
  private static final int METADATA_BYTES = 1300;

  @TempDir private Path directory;
  private final CountedBuffers buffers = new CountedBuffers();
  private PieceStore store;

  @BeforeEach
  void open() throws IOException {
    store = TestStore.open(directory, CAPACITY_BYTES, buffers.allocator());
  }

  @AfterEach
  void closeWithoutLeak() {
    store.close();
    assertEquals(0, buffers.active());
  }

  @Test
  void storeGoesOnAfterItsPieceIsDroppedAndFilesAreCompacted() throws Exception {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 4; piece++) {
      put(film, piece, MIB);
    }
    store.close();
    flip(directory, needleOf(film, 2));
    compactPieces();
    open();
    for (int round = 0; round < 3; round++) {
      assertNull(store.get(film, 2));
      assertFalse(store.has(film, 2));
      for (int piece : new int[] {0, 1, 3}) {
        assertReads(film, piece, MIB);
      }
    }
    store.close();
    compactPieces();
    open();
    assertEquals(PutResult.STORED, put(film, 2, MIB));
    assertReads(film, 2, MIB);
  }

  @Test
  void collectorDropsItAndMovesTheOthers() throws Exception {
    long kept = store.ordinalOf("kept", 1, TestContent.INFO_HASH);
    store.protect(Set.of(kept));
    put(kept, 0, MIB);
    put(kept, 1, MIB);
    store.close();
    flip(directory, needleOf(kept, 0));
    open();
    assertEquals(kept, store.ordinalOf("kept", 1, TestContent.INFO_HASH));
    store.protect(Set.of(kept));
    int pieces = 2;
    for (int i = 0; i < 600; i++) {
      long churn = store.ordinalOf("churn-" + i / 8, 1, TestContent.INFO_HASH);
      assertEquals(PutResult.STORED, put(churn, i % 8, MIB));
      if (i % 30 == 0) {
        assertEquals(PutResult.STORED, put(kept, pieces++, MIB));
      }
    }
    assertFalse(store.has(kept, 0));
    for (int piece = 1; piece < pieces; piece++) {
      assertReads(kept, piece, MIB);
    }
    store.close();
    open();
    assertFalse(store.has(kept, 0));
    assertReads(kept, 1, MIB);
    try (Stream<Path> files = Files.list(directory)) {
      long bytes = files.mapToLong(file -> file.toFile().length()).sum();
      assertTrue(bytes < 3 * CAPACITY_BYTES, bytes + " bytes on disk");
    }
  }

  @Test
  void compactionMovesFilesAndRewritesNone() throws Exception {
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 60; piece++) {
      put(film, piece % 2 * 100 + piece, MIB);
      assertReads(film, piece % 2 * 100 + piece, MIB);
    }
    store.drop(film, 0);
    store.close();
    List<Path> before = filesOfPieces();
    compactPieces();
    assertEquals(2, before.size());
    assertEquals(Set.copyOf(before), Set.copyOf(filesOfPieces()));
    try (RocksTables tables = RocksTables.open(directory)) {
      for (LiveFileMetaData file : tables.pieceFiles()) {
        assertEquals(1, file.level());
      }
    }
  }

  @Test
  void anyByteOfAFileMayFlip() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
    for (int piece = 0; piece < 4; piece++) {
      put(film, piece, 1000);
    }
    store.close();
    Path file = filesOfPieces().get(0);
    byte[] whole = Files.readAllBytes(file);
    IntStream offsets =
        IntStream.concat(
            random.ints(20, 0, whole.length),
            random.ints(20, whole.length - METADATA_BYTES, whole.length));
    for (int offset : offsets.toArray()) {
      String where = "offset " + offset + " of " + whole.length + ", seed " + seed;
      byte[] flipped = whole.clone();
      flipped[offset] ^= (byte) (1 << random.nextInt(8));
      Path copy =
          Files.createDirectory(directory.resolve("flip-" + offset + "-" + random.nextInt()));
      copyTo(copy, file, flipped);
      try (PieceStore other = TestStore.open(copy, CAPACITY_BYTES, buffers.allocator())) {
        for (int piece = 0; piece < 4; piece++) {
          ByteBuf bytes = other.get(film, piece);
          assertEquals(bytes != null, other.has(film, piece), where);
          if (bytes != null) {
            assertArrayEquals(bytes(film * 1000 + piece, 1000), TestContent.bytesOf(bytes), where);
            bytes.release();
          }
        }
        assertTakesAPiece(other, film, 9, where);
      }
      try (PieceStore again = TestStore.open(copy, CAPACITY_BYTES, buffers.allocator())) {
        assertTrue(again.has(film, 9), where);
        assertTakesAPiece(again, film, 10, where);
      }
    }
  }

  private void assertTakesAPiece(PieceStore other, long ordinal, int piece, String where) {
    ByteBuf put = buffers.of(bytes(piece, 1000));
    assertEquals(PutResult.STORED, other.put(ordinal, piece, put, Eviction.ANY), where);
    put.release();
    ByteBuf got = other.get(ordinal, piece);
    assertNotNull(got, where);
    assertArrayEquals(bytes(piece, 1000), TestContent.bytesOf(got), where);
    got.release();
  }

  private void copyTo(Path copy, Path flippedFile, byte[] flipped) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.equals(flippedFile)) {
          Files.write(copy.resolve(file.getFileName()), flipped);
        } else {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
  }

  private List<Path> filesOfPieces() throws Exception {
    List<Path> files = new ArrayList<>();
    try (RocksTables tables = RocksTables.open(directory)) {
      tables
          .pieceFiles()
          .forEach(file -> files.add(directory.resolve(file.fileName().substring(1))));
    }
    return files;
  }

  private void compactPieces() throws Exception {
    try (RocksTables tables = RocksTables.open(directory)) {
      tables.db.compactRange(tables.pieces);
      tables.db.put(
          tables.head,
          StoreKeys.head(1 << 20),
          StoreKeys.headValue(new HeldVersion(1 << 20, "after", 1, TestContent.INFO_HASH)));
    }
  }

  /** 64 bytes in the middle of a piece of {@link #MIB}, to be found in a file. */
  private static byte[] needleOf(long ordinal, int piece) {
    byte[] needle = new byte[64];
    System.arraycopy(bytes(ordinal * 1000 + piece, MIB), 100_000, needle, 0, needle.length);
    return needle;
  }

  private static void flip(Path directory, byte[] needle) throws IOException {
    boolean flipped = false;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        String table = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int at = table.indexOf(new String(needle, StandardCharsets.ISO_8859_1));
        if (at >= 0) {
          try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(needle[0] ^ 1);
            flipped = true;
          }
        }
      }
    }
    assertTrue(flipped);
  }

  private PutResult put(long ordinal, int piece, int lengthBytes) {
    ByteBuf buffer = buffers.of(bytes(ordinal * 1000 + piece, lengthBytes));
    try {
      return store.put(ordinal, piece, buffer, Eviction.ANY);
    } finally {
      buffer.release();
    }
  }

  private void assertReads(long ordinal, int piece, int lengthBytes) {
    ByteBuf buffer = store.get(ordinal, piece);
    assertNotNull(buffer, "piece " + piece);
    try {
      assertArrayEquals(bytes(ordinal * 1000 + piece, lengthBytes), TestContent.bytesOf(buffer));
    } finally {
      buffer.release();
    }
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
