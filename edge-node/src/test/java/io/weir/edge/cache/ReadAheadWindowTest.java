package io.weir.edge.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.cache.ReadAheadWindow.Ahead;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReadAheadWindowTest {
  private static final int PIECE_BYTES = 1 << 20;
  private static final long MAX_BYTES = 64 << 20;

  private final ReadAheadWindow window = new ReadAheadWindow(PIECE_BYTES, MAX_BYTES, 1000);

  @Test
  void beginsSmall() {
    assertEquals(new Ahead(8, 10), window.onPiece(7, true));
  }

  @Test
  void doublesOnceForEachRoundThatIsWaitedFor() {
    assertEquals(new Ahead(1, 3), window.onPiece(0, true));
    assertEquals(new Ahead(3, 6), window.onPiece(1, true));
    assertEquals(new Ahead(6, 7), window.onPiece(2, true));
    assertEquals(new Ahead(7, 12), window.onPiece(3, true));
    assertEquals(new Ahead(12, 13), window.onPiece(4, true));
  }

  @Test
  void readerWhoNeverWaitsStaysSmall() {
    window.onPiece(0, true);
    for (int piece = 1; piece < 500; piece++) {
      assertEquals(new Ahead(piece + 2, piece + 3), window.onPiece(piece, false));
    }
  }

  @Test
  void whatWasLearntIsKeptWhileNobodyWaits() {
    window.onPiece(0, true);
    window.onPiece(1, true);
    assertEquals(new Ahead(6, 7), window.onPiece(2, false));
    assertEquals(new Ahead(7, 8), window.onPiece(3, false));
  }

  @Test
  void jumpBeginsAnew() {
    for (int piece = 0; piece < 100; piece++) {
      window.onPiece(piece, true);
    }
    assertEquals(new Ahead(501, 503), window.onPiece(500, true));
    assertEquals(new Ahead(4, 6), window.onPiece(3, true));
  }

  @Test
  void samePieceAgainAsksForNothing() {
    window.onPiece(0, true);
    assertEquals(new Ahead(3, 3), window.onPiece(0, false));
  }

  @Test
  void boundsOfBytesAndOfPiecesHold() {
    assertEquals(64, widest(window));
    assertEquals(10, widest(new ReadAheadWindow(PIECE_BYTES, MAX_BYTES, 10)));
    assertEquals(4, widest(new ReadAheadWindow(16 << 20, MAX_BYTES, 1000)));
    assertEquals(1, widest(new ReadAheadWindow(64 << 20, 1 << 20, 1000)));
    assertEquals(1, widest(new ReadAheadWindow(PIECE_BYTES, MAX_BYTES, 0)));
  }

  private static int widest(ReadAheadWindow of) {
    int widest = 0;
    for (int piece = 0; piece < 1000; piece++) {
      widest = Math.max(widest, of.onPiece(piece, true).end() - piece - 1);
    }
    return widest;
  }

  @Test
  void whateverTheReaderDoesNothingIsAskedForTwiceOrBeyondTheBound() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int piece = 0;
    int askedEnd = 0;
    for (int step = 0; step < 10_000; step++) {
      boolean jumps = random.nextInt(50) == 0;
      piece = jumps ? random.nextInt(100_000) : piece + random.nextInt(2);
      Ahead ahead = window.onPiece(piece, random.nextBoolean());
      boolean afresh = jumps || step == 0;
      assertTrue(ahead.first() > piece && ahead.end() >= ahead.first(), "seed " + seed);
      assertTrue(ahead.end() <= piece + 1 + 64, "seed " + seed);
      assertTrue(afresh || ahead.first() >= askedEnd, "seed " + seed);
      askedEnd = ahead.end();
    }
  }
}
