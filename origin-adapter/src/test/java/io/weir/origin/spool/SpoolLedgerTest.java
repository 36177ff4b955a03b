package io.weir.origin.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpoolLedgerTest {
  private static final ContentKey A = new ContentKey("a", 1);
  private static final ContentKey B = new ContentKey("b", 1);
  private static final ContentKey C = new ContentKey("c", 1);

  private final SpoolLedger ledger = new SpoolLedger(100);

  private static PieceKey piece(ContentKey content, int piece) {
    return new PieceKey(content, piece);
  }

  private void write(ContentKey content, int piece, long bytes) {
    ledger.open(content);
    assertEquals(List.of(), ledger.reserve(piece(content, piece), bytes));
    ledger.onWritten(piece(content, piece));
  }

  @Test
  void releasedContentLeavesBeforeAnOlderOneThatIsNot() {
    write(A, 0, 40);
    write(B, 0, 40);
    ledger.release(B);
    ledger.open(C);

    assertEquals(List.of(piece(B, 0)), ledger.reserve(piece(C, 0), 50));
    assertEquals(90, ledger.usedBytes());
  }

  @Test
  void oldestContentLeavesWhereNoneIsReleased() {
    write(A, 0, 40);
    write(B, 0, 40);
    ledger.open(C);

    assertEquals(List.of(piece(A, 0)), ledger.reserve(piece(C, 0), 50));
  }

  @Test
  void onlyAsManyPiecesLeaveAsAreNeeded() {
    write(A, 0, 30);
    write(A, 1, 30);
    write(A, 2, 30);
    ledger.open(B);

    assertEquals(List.of(piece(A, 0)), ledger.reserve(piece(B, 0), 30));
  }

  @Test
  void contentNeverEvictsItself() {
    write(A, 0, 60);

    assertNull(ledger.reserve(piece(A, 1), 60));
    assertEquals(60, ledger.readableBytes(piece(A, 0)));
  }

  @Test
  void pieceLargerThanTheSpoolEvictsNobody() {
    write(A, 0, 60);
    ledger.open(B);

    assertNull(ledger.reserve(piece(B, 0), 101));
    assertEquals(60, ledger.usedBytes());
  }

  @Test
  void pieceThatIsBeingWrittenIsNeitherReadNorEvicted() {
    ledger.open(A);
    ledger.open(B);
    assertEquals(List.of(), ledger.reserve(piece(A, 0), 60));

    assertEquals(0, ledger.readableBytes(piece(A, 0)));
    assertNull(ledger.reserve(piece(B, 0), 60));
  }

  @Test
  void pieceIsReservedOnce() {
    write(A, 0, 10);

    assertNull(ledger.reserve(piece(A, 0), 10));
  }

  @Test
  void contentThatWasDroppedTakesNothing() {
    write(A, 0, 10);
    ledger.drop(A);

    assertEquals(0, ledger.usedBytes());
    assertNull(ledger.reserve(piece(A, 1), 10));
  }

  @Test
  void pieceFoundAtTheStartIsReadableButUnproven() {
    ledger.onFound(piece(A, 0), 10);

    assertEquals(10, ledger.readableBytes(piece(A, 0)));
    assertFalse(ledger.isProven(piece(A, 0)));
    ledger.onProven(piece(A, 0));
    assertTrue(ledger.isProven(piece(A, 0)));
  }

  @Test
  void booksAreRightAndWithinTheCapWhateverHappens() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<ContentKey> contents = List.of(A, B, C);
    for (int step = 0; step < 20_000; step++) {
      ContentKey content = contents.get(random.nextInt(3));
      PieceKey piece = piece(content, random.nextInt(6));
      switch (random.nextInt(6)) {
        case 0 -> ledger.open(content);
        case 1 -> ledger.release(content);
        case 2 -> ledger.drop(content);
        case 3 -> ledger.remove(piece);
        case 4 -> ledger.onWritten(piece);
        default -> ledger.reserve(piece, 1 + random.nextInt(60));
      }
      assertTrue(
          ledger.usedBytes() >= 0 && ledger.usedBytes() <= 100, "seed " + seed + " step " + step);
    }
    contents.forEach(ledger::drop);
    assertEquals(0, ledger.usedBytes(), "seed " + seed);
  }
}
