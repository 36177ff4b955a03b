package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestLedgerTest {
  private final RequestLedger ledger = new RequestLedger(4);

  @Test
  void requestsAreLookedUpInOrder() {
    offer(block(2, 0), block(1, 0));
    assertEquals(block(2, 0), ledger.next());
    ledger.answered(block(2, 0));
    assertEquals(block(1, 0), ledger.next());
    ledger.answered(block(1, 0));
    assertNull(ledger.next());
    assertEquals(0, ledger.size());
  }

  @Test
  void fullLedgerTakesNoMore() {
    offer(block(0, 0), block(0, 1), block(0, 2));
    ledger.awaitRead(block(0, 0));
    offer(block(0, 3));
    assertFalse(ledger.offer(block(1, 0)));
    assertEquals(4, ledger.size());
  }

  @Test
  void repeatedRequestIsOneRequest() {
    offer(block(0, 0), block(0, 1));
    ledger.awaitRead(block(0, 1));
    offer(block(0, 0), block(0, 1));
    assertEquals(2, ledger.size());
  }

  @Test
  void requestsOfOnePieceWaitForOneRead() {
    offer(block(7, 0), block(7, 1), block(8, 0));
    ledger.awaitRead(block(7, 0));
    ledger.awaitRead(block(7, 1));
    assertTrue(ledger.isReading(7));
    assertEquals(1, ledger.piecesReading());
    assertEquals(List.of(block(7, 0), block(7, 1)), ledger.endRead(7));
    assertFalse(ledger.isReading(7));
    assertEquals(1, ledger.size());
    assertEquals(List.of(), ledger.endRead(7));
  }

  @Test
  void cancelledRequestIsGoneWhereverItWas() {
    offer(block(1, 0), block(2, 0));
    ledger.awaitRead(block(2, 0));
    assertTrue(ledger.cancel(block(1, 0)));
    assertTrue(ledger.cancel(block(2, 0)));
    assertFalse(ledger.cancel(block(2, 0)));
    assertNull(ledger.next());
    assertEquals(0, ledger.size());
    assertTrue(ledger.isReading(2), "the read goes on");
    assertEquals(List.of(), ledger.endRead(2));
  }

  @Test
  void requeuedRequestIsPendingAgain() {
    offer(block(1, 0));
    ledger.awaitRead(block(1, 0));
    ledger.endRead(1).forEach(ledger::requeue);
    assertEquals(block(1, 0), ledger.next());
  }

  @Test
  void clearedLedgerIsEmpty() {
    offer(block(1, 0), block(2, 0));
    ledger.awaitRead(block(1, 0));
    ledger.clear();
    assertEquals(0, ledger.size());
    assertEquals(0, ledger.piecesReading());
    assertNull(ledger.next());
  }

  private void offer(Block... blocks) {
    for (Block block : blocks) {
      assertTrue(ledger.offer(block));
    }
  }

  private static Block block(int piece, int index) {
    return new Block(piece, index * 16384, 16384);
  }
}
