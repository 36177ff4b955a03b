package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.PieceStore.PutResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A byte that flips on disk costs the piece it lies in, or where it is the index's, all; no more.
 */
final class FlippedByteIT {
  private static final long CAPACITY_BYTES = 64L << 20;
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 1000;

  @TempDir private Path directory;
  private final CountedBuffers buffers = new CountedBuffers();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @AfterEach
  void nothingLeaks() {
    assertEquals(0, buffers.active());
  }

  @Test
  void anyByteOfAFileOfPiecesMayFlip() throws IOException {
    long film = fill();
    Path file = filesIn(directory.resolve("segments")).get(0);
    int length = (int) Files.size(file);
    for (int round = 0; round < 40; round++) {
      int offset = random.nextInt(length);
      String where = "offset " + offset + ", seed " + seed;
      Path copy = copyWithFlip(file, offset, "pieces-" + round);
      try (PieceStore store = open(copy)) {
        for (int piece = 0; piece < PIECES; piece++) {
          boolean isFlipped = offset / PIECE_BYTES == piece;
          assertEquals(!isFlipped, isRight(store, film, piece), where);
          assertEquals(!isFlipped, store.has(film, piece), where);
        }
        assertEquals(1, store.losses(), where);
        assertTakes(store, film, PIECES, where);
      }
      try (PieceStore again = open(copy)) {
        assertEquals(PIECES, again.have(film).cardinality(), where);
        assertTakes(again, film, PIECES + 1, where);
      }
    }
  }

  @Test
  void anyByteOfTheIndexMayFlip() throws IOException {
    long film = fill();
    List<Path> tables =
        filesIn(directory).stream().filter(f -> f.toString().endsWith(".sst")).toList();
    for (int round = 0; round < 40; round++) {
      Path table = tables.get(random.nextInt(tables.size()));
      int offset = random.nextInt((int) Files.size(table));
      String where = table.getFileName() + " offset " + offset + ", seed " + seed;
      Path copy = copyWithFlip(table, offset, "index-" + round);
      long ordinal;
      try (PieceStore store = open(copy)) {
        ordinal = store.ordinalOf("film", 1, TestContent.INFO_HASH);
        for (int piece = 0; piece < PIECES; piece++) {
          assertEquals(store.has(ordinal, piece), isRight(store, ordinal, piece), where);
        }
        assertTakes(store, ordinal, PIECES, where);
      }
      try (PieceStore again = open(copy)) {
        assertTrue(isRight(again, ordinal, PIECES), where);
      }
    }
    assertEquals(1, film);
  }

  private long fill() throws IOException {
    try (PieceStore store = open(directory)) {
      long film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
      for (int piece = 0; piece < PIECES; piece++) {
        assertTakes(store, film, piece, "the first time");
      }
      return film;
    }
  }

  private void assertTakes(PieceStore store, long ordinal, int piece, String where) {
    byte[] bytes = bytes(piece);
    assertEquals(
        PutResult.STORED,
        TestStore.put(store, ordinal, piece, bytes, Eviction.ANY, buffers.allocator()),
        where);
    assertTrue(isRight(store, ordinal, piece), where);
  }

  /** False where it is not to be had; wrong bytes fail. */
  private static boolean isRight(PieceStore store, long ordinal, int piece) {
    byte[] read = TestStore.get(store, ordinal, piece, PIECE_BYTES);
    if (read != null) {
      assertArrayEquals(bytes(piece), read);
    }
    return read != null;
  }

  private PieceStore open(Path path) throws IOException {
    return TestStore.open(path, CAPACITY_BYTES, buffers.allocator());
  }

  private Path copyWithFlip(Path flipped, int offset, String name) throws IOException {
    Path copy = Files.createDirectories(directory.resolve("copies").resolve(name));
    Path segments = Files.createDirectory(copy.resolve("segments"));
    for (Path file : filesIn(directory)) {
      copyTo(copy, file, flipped, offset);
    }
    for (Path file : filesIn(directory.resolve("segments"))) {
      copyTo(segments, file, flipped, offset);
    }
    return copy;
  }

  private void copyTo(Path copy, Path file, Path flipped, int offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (file.equals(flipped)) {
      bytes[offset] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(copy.resolve(file.getFileName()), bytes);
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static byte[] bytes(int piece) {
    byte[] bytes = new byte[PIECE_BYTES];
    new Random(piece).nextBytes(bytes);
    return bytes;
  }
}
