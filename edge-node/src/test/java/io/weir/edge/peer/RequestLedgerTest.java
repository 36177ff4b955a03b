package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestLedgerTest {
  private final RequestLedger ledger = new RequestLedger(4, 4 * 16384);

  @Test
  void requestsAreLookedUpInOrder() {
    offer(block(2, 0), block(1, 0));
    assertEquals(find(block(2, 0)), ledger.next());
    strike(block(2, 0));
    assertEquals(find(block(1, 0)), ledger.next());
    strike(block(1, 0));
    assertEquals(RequestLedger.NONE, ledger.next());
    assertEquals(0, ledger.size());
  }

  @Test
  void fullLedgerTakesNoMore() {
    offer(block(0, 0), block(0, 1), block(0, 2));
    await(block(0, 0));
    offer(block(0, 3));
    assertFalse(offer(block(1, 0), 0));
    assertEquals(4, ledger.size());
  }

  @Test
  void repeatedRequestIsOneRequest() {
    offer(block(0, 0), block(0, 1));
    await(block(0, 1));
    offer(block(0, 0), block(0, 1));
    assertEquals(2, ledger.size());
  }

  @Test
  void requestsOfOnePieceWaitTogether() {
    offer(block(7, 0), block(7, 1), block(8, 0));
    await(block(7, 0));
    await(block(7, 1));
    assertTrue(ledger.isWaitedFor(7));
    assertEquals(find(block(8, 0)), ledger.next());
    assertEquals(List.of(find(block(7, 0)), find(block(7, 1))), ledger.arrived(7));
    assertFalse(ledger.isWaitedFor(7));
    assertEquals(3, ledger.size());
    assertEquals(List.of(), ledger.arrived(7));
  }

  @Test
  void requestWhosePieceHasArrivedIsPendingAgain() {
    offer(block(1, 0));
    await(block(1, 0));
    assertEquals(RequestLedger.NONE, ledger.next());
    ledger.arrived(1);
    assertEquals(find(block(1, 0)), ledger.next());
  }

  @Test
  void requestIsStruckOutWhereverItIs() {
    offer(block(1, 0), block(2, 0));
    await(block(2, 0));
    strike(block(1, 0));
    strike(block(2, 0));
    assertEquals(RequestLedger.NONE, find(block(2, 0)));
    assertEquals(RequestLedger.NONE, ledger.next());
    assertFalse(ledger.isWaitedFor(2));
    assertEquals(0, ledger.size());
  }

  @Test
  void wholePieceIsStruckOutAtOnce() {
    offer(block(1, 0), block(2, 0), block(1, 1));
    await(block(1, 0));
    assertEquals(List.of(block(1, 0), block(1, 1)), ledger.strikePiece(1));
    assertEquals(find(block(2, 0)), ledger.next());
    assertEquals(1, ledger.size());
  }

  @Test
  void oldestRequestIsTheOneThatArrivedFirstAndIsUnanswered() {
    offer(block(1, 0), 100);
    offer(block(2, 0), 200);
    offer(block(1, 0), 300);
    await(block(1, 0));
    assertEquals(find(block(1, 0)), ledger.oldest());
    assertEquals(400, ledger.ageNanos(find(block(1, 0)), 500));
    ledger.arrived(1);
    assertEquals(find(block(1, 0)), ledger.oldest(), "as old as before");
    strike(block(1, 0));
    assertEquals(find(block(2, 0)), ledger.oldest());
  }

  @Test
  void clearedLedgerIsEmpty() {
    offer(block(1, 0), block(2, 0));
    await(block(1, 0));
    ledger.clear();
    assertEquals(0, ledger.size());
    assertFalse(ledger.isWaitedFor(1));
    assertEquals(RequestLedger.NONE, ledger.next());
    assertEquals(RequestLedger.NONE, ledger.oldest());
    offer(block(1, 0), block(1, 1), block(1, 2), block(1, 3));
    assertEquals(4, ledger.size());
  }

  @Test
  void bytesAskedForAreBoundedAsRequestsAre() {
    assertTrue(ledger.offer(0, 0, 2 * 16384, 0));
    assertTrue(ledger.offer(1, 0, 2 * 16384, 0));
    assertFalse(ledger.offer(2, 0, 1, 0));
    ledger.strike(ledger.find(0, 0, 2 * 16384));
    assertTrue(ledger.offer(2, 0, 1, 0));
  }

  @Test
  void anyOrderOfRequestsAndAnswersIsKept() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RequestLedger large = new RequestLedger(500, Long.MAX_VALUE);
    Set<Block> model = new LinkedHashSet<>();
    for (int step = 0; step < 20_000; step++) {
      Block block = new Block(random.nextInt(30), random.nextInt(40), 1 + random.nextInt(2));
      int request = large.find(block.piece(), block.begin(), block.lengthBytes());
      assertEquals(model.contains(block), request != RequestLedger.NONE, "seed " + seed);
      // Fills up for a while, then empties.
      if (random.nextInt(10) < (step / 2_000 % 2 == 0 ? 8 : 3)) {
        boolean room = model.contains(block) || model.size() < 500;
        boolean taken = large.offer(block.piece(), block.begin(), block.lengthBytes(), step);
        assertEquals(room, taken, "seed " + seed);
        if (taken) {
          model.add(block);
        }
      } else if (request != RequestLedger.NONE) {
        large.strike(request);
        model.remove(block);
      }
      assertEquals(model.size(), large.size(), "seed " + seed);
    }
    for (Block block : List.copyOf(model)) {
      assertEquals(block, large.block(large.next()), "seed " + seed);
      large.strike(large.next());
    }
    assertEquals(0, large.size());
  }

  private void offer(Block... blocks) {
    for (Block block : blocks) {
      assertTrue(offer(block, 0));
    }
  }

  private boolean offer(Block block, long nowNanos) {
    return ledger.offer(block.piece(), block.begin(), block.lengthBytes(), nowNanos);
  }

  private int find(Block block) {
    return ledger.find(block.piece(), block.begin(), block.lengthBytes());
  }

  private void await(Block block) {
    ledger.await(find(block), block.piece());
  }

  private void strike(Block block) {
    ledger.strike(find(block));
  }

  private static Block block(int piece, int index) {
    return new Block(piece, index * 16384, 16384);
  }
}
