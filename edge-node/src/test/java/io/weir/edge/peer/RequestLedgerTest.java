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
    ledger.strike(block(2, 0));
    assertEquals(block(1, 0), ledger.next());
    ledger.strike(block(1, 0));
    assertNull(ledger.next());
    assertEquals(0, ledger.size());
  }

  @Test
  void fullLedgerTakesNoMore() {
    offer(block(0, 0), block(0, 1), block(0, 2));
    ledger.await(block(0, 0));
    offer(block(0, 3));
    assertFalse(ledger.offer(block(1, 0), 0));
    assertEquals(4, ledger.size());
  }

  @Test
  void repeatedRequestIsOneRequest() {
    offer(block(0, 0), block(0, 1));
    ledger.await(block(0, 1));
    offer(block(0, 0), block(0, 1));
    assertEquals(2, ledger.size());
  }

  @Test
  void requestsOfOnePieceWaitTogether() {
    offer(block(7, 0), block(7, 1), block(8, 0));
    ledger.await(block(7, 0));
    ledger.await(block(7, 1));
    assertTrue(ledger.isWaitedFor(7));
    assertEquals(block(8, 0), ledger.next());
    assertEquals(List.of(block(7, 0), block(7, 1)), ledger.arrived(7));
    assertFalse(ledger.isWaitedFor(7));
    assertEquals(3, ledger.size());
    assertEquals(List.of(), ledger.arrived(7));
  }

  @Test
  void requestWhosePieceHasArrivedIsPendingAgain() {
    offer(block(1, 0));
    ledger.await(block(1, 0));
    assertNull(ledger.next());
    ledger.arrived(1);
    assertEquals(block(1, 0), ledger.next());
  }

  @Test
  void requestIsStruckOutWhereverItIs() {
    offer(block(1, 0), block(2, 0));
    ledger.await(block(2, 0));
    assertTrue(ledger.strike(block(1, 0)));
    assertTrue(ledger.strike(block(2, 0)));
    assertFalse(ledger.strike(block(2, 0)));
    assertNull(ledger.next());
    assertFalse(ledger.isWaitedFor(2));
    assertEquals(0, ledger.size());
  }

  @Test
  void wholePieceIsStruckOutAtOnce() {
    offer(block(1, 0), block(2, 0), block(1, 1));
    ledger.await(block(1, 0));
    assertEquals(List.of(block(1, 0), block(1, 1)), ledger.strikePiece(1));
    assertEquals(block(2, 0), ledger.next());
    assertEquals(1, ledger.size());
  }

  @Test
  void oldestRequestIsTheOneThatArrivedFirstAndIsUnanswered() {
    ledger.offer(block(1, 0), 100);
    ledger.offer(block(2, 0), 200);
    ledger.offer(block(1, 0), 300);
    ledger.await(block(1, 0));
    assertEquals(block(1, 0), ledger.oldest());
    assertEquals(400, ledger.ageNanos(block(1, 0), 500));
    ledger.arrived(1);
    assertEquals(block(1, 0), ledger.oldest(), "as old as before");
    ledger.strike(block(1, 0));
    assertEquals(block(2, 0), ledger.oldest());
  }

  @Test
  void clearedLedgerIsEmpty() {
    offer(block(1, 0), block(2, 0));
    ledger.await(block(1, 0));
    ledger.clear();
    assertEquals(0, ledger.size());
    assertFalse(ledger.isWaitedFor(1));
    assertNull(ledger.next());
    assertNull(ledger.oldest());
  }

  private void offer(Block... blocks) {
    for (Block block : blocks) {
      assertTrue(ledger.offer(block, 0));
    }
  }

  private static Block block(int piece, int index) {
    return new Block(piece, index * 16384, 16384);
  }
}
