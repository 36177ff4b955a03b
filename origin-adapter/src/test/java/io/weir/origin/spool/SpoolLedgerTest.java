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

  private static ChunkKey chunk(ContentKey content, int chunk) {
    return new ChunkKey(content, 0, chunk);
  }

  private void write(ContentKey content, int chunk, long bytes) {
    ledger.open(content);
    assertEquals(List.of(), ledger.reserve(chunk(content, chunk), bytes));
    ledger.onWritten(chunk(content, chunk));
  }

  @Test
  void releasedContentLeavesBeforeAnOlderOneThatIsNot() {
    write(A, 0, 40);
    write(B, 0, 40);
    ledger.release(B);
    ledger.open(C);

    assertEquals(List.of(chunk(B, 0)), ledger.reserve(chunk(C, 0), 50));
    assertEquals(90, ledger.usedBytes());
  }

  @Test
  void oldestContentLeavesWhereNoneIsReleased() {
    write(A, 0, 40);
    write(B, 0, 40);
    ledger.open(C);

    assertEquals(List.of(chunk(A, 0)), ledger.reserve(chunk(C, 0), 50));
  }

  @Test
  void onlyAsManyChunksLeaveAsAreNeeded() {
    write(A, 0, 30);
    write(A, 1, 30);
    write(A, 2, 30);
    ledger.open(B);

    assertEquals(List.of(chunk(A, 0)), ledger.reserve(chunk(B, 0), 30));
  }

  @Test
  void contentNeverEvictsItself() {
    write(A, 0, 60);

    assertNull(ledger.reserve(chunk(A, 1), 60));
    assertEquals(60, ledger.readableBytes(chunk(A, 0)));
  }

  @Test
  void chunkLargerThanTheSpoolEvictsNobody() {
    write(A, 0, 60);
    ledger.open(B);

    assertNull(ledger.reserve(chunk(B, 0), 101));
    assertEquals(60, ledger.usedBytes());
  }

  @Test
  void chunkThatIsBeingWrittenIsNeitherReadNorEvicted() {
    ledger.open(A);
    ledger.open(B);
    assertEquals(List.of(), ledger.reserve(chunk(A, 0), 60));

    assertEquals(0, ledger.readableBytes(chunk(A, 0)));
    assertNull(ledger.reserve(chunk(B, 0), 60));
  }

  @Test
  void chunkIsReservedOnce() {
    write(A, 0, 10);

    assertNull(ledger.reserve(chunk(A, 0), 10));
  }

  @Test
  void contentThatWasDroppedTakesNothing() {
    write(A, 0, 10);
    ledger.drop(A);

    assertEquals(0, ledger.usedBytes());
    assertNull(ledger.reserve(chunk(A, 1), 10));
  }

  @Test
  void chunkFoundAtTheStartIsReadableButUnproven() {
    ledger.onFound(chunk(A, 0), 10);

    assertEquals(10, ledger.readableBytes(chunk(A, 0)));
    assertFalse(ledger.isProven(chunk(A, 0)));
    ledger.onProven(chunk(A, 0));
    assertTrue(ledger.isProven(chunk(A, 0)));
  }

  @Test
  void booksAreRightAndWithinTheCapWhateverHappens() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<ContentKey> contents = List.of(A, B, C);
    for (int step = 0; step < 20_000; step++) {
      ContentKey content = contents.get(random.nextInt(3));
      ChunkKey chunk = chunk(content, random.nextInt(6));
      switch (random.nextInt(6)) {
        case 0 -> ledger.open(content);
        case 1 -> ledger.release(content);
        case 2 -> ledger.drop(content);
        case 3 -> ledger.remove(chunk);
        case 4 -> ledger.onWritten(chunk);
        default -> ledger.reserve(chunk, 1 + random.nextInt(60));
      }
      assertTrue(
          ledger.usedBytes() >= 0 && ledger.usedBytes() <= 100, "seed " + seed + " step " + step);
    }
    contents.forEach(ledger::drop);
    assertEquals(0, ledger.usedBytes(), "seed " + seed);
  }
}
