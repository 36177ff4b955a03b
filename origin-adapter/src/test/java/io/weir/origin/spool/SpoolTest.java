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
  void pieceIsOneFileAtItsPlaceAndReadsBack() throws Exception {
    SpoolShelf shelf = spool(100).open(FILM);

    assertTrue(shelf.put(7, bytes(50)));

    assertEquals(List.of("film/1/7.piece"), files());
    try (SpooledPiece piece = shelf.readProven(7)) {
      assertNotNull(piece);
      ByteBuffer read = ByteBuffer.allocate(10);
      piece.readFully(20, read);
      assertArrayEquals(new byte[] {20, 21, 22, 23, 24, 25, 26, 27, 28, 29}, read.array());
    }
    assertNull(shelf.read(8));
  }

  @Test
  void evictedPieceCanStillBeReadByWhoeverHasItOpen() throws Exception {
    Spool spool = spool(100);
    SpoolShelf film = spool.open(FILM);
    film.put(0, bytes(60));
    try (SpooledPiece piece = film.read(0)) {
      assertNotNull(piece);
      assertTrue(spool.open(NEXT).put(0, bytes(60)));
      assertNull(film.read(0));
      piece.readFully(0, ByteBuffer.allocate(60));
    }
    assertEquals(List.of("next/1/0.piece"), files());
  }

  @Test
  void pieceThatDoesNotFitIsLetGo() throws Exception {
    SpoolShelf shelf = spool(100).open(FILM);
    shelf.put(0, bytes(60));

    assertFalse(shelf.put(1, bytes(60)));

    assertEquals(List.of("film/1/0.piece"), files());
  }

  @Test
  void restartFindsPiecesUnprovenAndSweepsHalfWrittenOnes() throws Exception {
    spool(100).open(FILM).put(0, bytes(60));
    Files.write(directory.resolve(".scratch/9"), new byte[5]);
    Files.createFile(directory.resolve("film/1/1.piece"));

    Spool restarted = spool(100);
    SpoolShelf shelf = restarted.open(FILM);

    assertEquals(60, restarted.usedBytes());
    assertNull(shelf.readProven(0));
    try (SpooledPiece unproven = shelf.read(0)) {
      assertNotNull(unproven);
    }
    shelf.prove(0, true);
    try (SpooledPiece proven = shelf.readProven(0)) {
      assertNotNull(proven);
    }
    assertFalse(Files.exists(directory.resolve(".scratch/9")));
  }

  @Test
  void pieceThatDoesNotMatchItsHashIsDropped() throws Exception {
    spool(100).open(FILM).put(0, bytes(60));
    SpoolShelf shelf = spool(100).open(FILM);

    shelf.prove(0, false);

    assertNull(shelf.read(0));
    assertEquals(List.of(), files());
  }

  @Test
  void contentsNobodyKnowsAreSwept() throws Exception {
    Spool before = spool(200);
    before.open(FILM).put(0, bytes(60));
    before.open(NEXT).put(0, bytes(60));

    Spool after = spool(200);
    after.retain(Set.of(NEXT));

    assertEquals(List.of("next/1/0.piece"), files());
    assertEquals(60, after.usedBytes());
  }

  @Test
  void droppedShelfWritesNothingIntoItsSuccessor() throws Exception {
    Spool spool = spool(100);
    SpoolShelf old = spool.open(FILM);
    old.put(0, bytes(10));
    old.drop();
    SpoolShelf successor = spool.open(FILM);

    assertFalse(old.put(1, bytes(10)));
    old.drop();
    assertTrue(successor.put(2, bytes(10)));
    old.prove(2, false);

    assertEquals(List.of("film/1/2.piece"), files());
    assertNull(old.read(2));
  }

  @Test
  void layoutOfAnEarlierVersionIsDiscardedAndNotMisread() throws Exception {
    Path old = Files.createDirectories(directory.resolve("film/1/0"));
    Files.write(old.resolve("0"), new byte[10]);
    Files.write(Files.createDirectories(directory.resolve("1/2")).resolve("3"), new byte[10]);
    Files.write(
        Files.createDirectories(directory.resolve("next/1")).resolve("7.piece"), new byte[9]);

    Spool spool = spool(100);

    assertEquals(List.of("next/1/7.piece"), files());
    assertEquals(9, spool.usedBytes());
    assertFalse(Files.exists(directory.resolve("film")));
    assertNull(spool.open(FILM).read(0));
  }

  @Test
  void bytesKnownToBeRightReplaceUnprovenOnes() throws Exception {
    spool(100).open(FILM).put(0, bytes(60));
    Files.write(directory.resolve("film/1/0.piece"), new byte[60]);
    Spool spool = spool(100);
    SpoolShelf shelf = spool.open(FILM);

    assertTrue(shelf.put(0, bytes(50)));

    assertEquals(50, spool.usedBytes());
    try (SpooledPiece piece = shelf.readProven(0)) {
      assertNotNull(piece);
      ByteBuffer read = ByteBuffer.allocate(50);
      piece.readFully(0, read);
      assertEquals(bytes(50), read.flip());
    }
  }

  @Test
  void clearedShelfIsEmptyAndTakesPiecesAgain() throws Exception {
    Spool spool = spool(100);
    SpoolShelf shelf = spool.open(FILM);
    shelf.put(0, bytes(60));

    shelf.clear();
    assertEquals(0, spool.usedBytes());
    assertEquals(List.of(), files());
    assertTrue(shelf.put(1, bytes(60)));

    assertEquals(List.of("film/1/1.piece"), files());
  }

  @Test
  void booksAreTheSameAfterARestartWithLessRoom() throws Exception {
    Spool before = spool(300);
    for (int piece = 0; piece < 3; piece++) {
      before.open(FILM).put(piece, bytes(100));
    }

    Spool after = spool(200);
    assertEquals(300, after.usedBytes());
    assertTrue(after.open(NEXT).put(0, bytes(100)));

    assertEquals(200, after.usedBytes());
    assertEquals(2, files().size());
  }
}
