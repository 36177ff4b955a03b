package io.weir.origin.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.OriginMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  private static final ContentKey FILM = new ContentKey("film", 1);
  private static final ContentKey NEXT = new ContentKey("next", 1);

  @TempDir private Path directory;

  private Spool spool(long capacityBytes) throws IOException {
    return new Spool(directory, capacityBytes, new OriginMetrics(new SimpleMeterRegistry()));
  }

  private static ByteBuffer bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return ByteBuffer.wrap(bytes);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void chunkIsOneFileAtItsPlaceAndReadsBack() throws Exception {
    SpoolShelf shelf = spool(100).open(FILM);

    assertTrue(shelf.put(0, 7, bytes(50)));

    assertEquals(List.of("film/1/0/7"), files());
    try (SpooledChunk chunk = shelf.readProven(0, 7)) {
      assertNotNull(chunk);
      ByteBuffer read = ByteBuffer.allocate(10);
      chunk.readFully(20, read);
      assertArrayEquals(new byte[] {20, 21, 22, 23, 24, 25, 26, 27, 28, 29}, read.array());
    }
    assertNull(shelf.read(0, 8));
  }

  @Test
  void evictedChunkCanStillBeReadByWhoeverHasItOpen() throws Exception {
    Spool spool = spool(100);
    SpoolShelf film = spool.open(FILM);
    film.put(0, 0, bytes(60));
    try (SpooledChunk chunk = film.read(0, 0)) {
      assertNotNull(chunk);
      assertTrue(spool.open(NEXT).put(0, 0, bytes(60)));
      assertNull(film.read(0, 0));
      chunk.readFully(0, ByteBuffer.allocate(60));
    }
    assertEquals(List.of("next/1/0/0"), files());
  }

  @Test
  void chunkThatDoesNotFitIsLetGo() throws Exception {
    SpoolShelf shelf = spool(100).open(FILM);
    shelf.put(0, 0, bytes(60));

    assertFalse(shelf.put(0, 1, bytes(60)));

    assertEquals(List.of("film/1/0/0"), files());
  }

  @Test
  void restartFindsChunksUnprovenAndSweepsHalfWrittenOnes() throws Exception {
    spool(100).open(FILM).put(0, 0, bytes(60));
    Files.write(directory.resolve(".scratch/9"), new byte[5]);
    Files.createFile(directory.resolve("film/1/0/1"));

    Spool restarted = spool(100);
    SpoolShelf shelf = restarted.open(FILM);

    assertEquals(60, restarted.usedBytes());
    assertNull(shelf.readProven(0, 0));
    try (SpooledChunk unproven = shelf.read(0, 0)) {
      assertNotNull(unproven);
    }
    shelf.prove(0, 0, true);
    try (SpooledChunk proven = shelf.readProven(0, 0)) {
      assertNotNull(proven);
    }
    assertFalse(Files.exists(directory.resolve(".scratch/9")));
  }

  @Test
  void chunkThatDoesNotMatchItsHashIsDropped() throws Exception {
    spool(100).open(FILM).put(0, 0, bytes(60));
    SpoolShelf shelf = spool(100).open(FILM);

    shelf.prove(0, 0, false);

    assertNull(shelf.read(0, 0));
    assertEquals(List.of(), files());
  }

  @Test
  void contentsNobodyKnowsAreSwept() throws Exception {
    Spool before = spool(200);
    before.open(FILM).put(0, 0, bytes(60));
    before.open(NEXT).put(0, 0, bytes(60));

    Spool after = spool(200);
    after.retain(Set.of(NEXT));

    assertEquals(List.of("next/1/0/0"), files());
    assertEquals(60, after.usedBytes());
  }

  @Test
  void droppedShelfWritesNothingIntoItsSuccessor() throws Exception {
    Spool spool = spool(100);
    SpoolShelf old = spool.open(FILM);
    old.put(0, 0, bytes(10));
    old.drop();
    SpoolShelf successor = spool.open(FILM);

    assertFalse(old.put(0, 1, bytes(10)));
    old.drop();
    assertTrue(successor.put(0, 2, bytes(10)));
    old.prove(0, 2, false);

    assertEquals(List.of("film/1/0/2"), files());
    assertNull(old.read(0, 2));
  }
}
