package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecePickerTest {
  private static final int ANY = Integer.MAX_VALUE;

  @Test
  void theRarestPieceGoesFirst() {
    PiecePicker picker = new PiecePicker(3, new Random(1));
    picker.onPeerHas(bits(0, 1, 2));
    picker.onPeerHas(bits(0, 2));
    picker.onPeerHas(2);

    assertEquals(List.of(1, 0, 2), pickAll(picker, bits(0, 1, 2)));
  }

  @Test
  void aPieceThatOnlyEdgesHaveIsRarerThanAnyThatAPeerHas() {
    PiecePicker picker = new PiecePicker(2, new Random(1));
    picker.onPeerHas(0);

    assertEquals(1, picker.pick(bits(0, 1), ANY));
  }

  @Test
  void aPieceOfAPeerThatLeftIsRareAgain() {
    PiecePicker picker = new PiecePicker(2, new Random(1));
    picker.onPeerHas(0);
    picker.onPeerHas(bits(1));
    picker.onPeerGone(bits(1));

    assertEquals(1, picker.pick(bits(0, 1), ANY));
  }

  @Test
  void aPieceThatTooManyPeersHaveIsLeft() {
    PiecePicker picker = new PiecePicker(2, new Random(1));
    picker.onPeerHas(0);

    assertEquals(1, picker.pick(bits(0, 1), 0));
    assertEquals(PiecePicker.NONE, picker.pick(bits(0, 1), 0));
    assertEquals(0, picker.pick(bits(0, 1), 1));
  }

  @Test
  void onlyPiecesOfTheRemoteArePicked() {
    PiecePicker picker = new PiecePicker(4, new Random(1));

    assertEquals(List.of(2), pickAll(picker, bits(2)));
  }

  @Test
  void aPieceIsPickedOnceUntilItIsGivenBack() {
    PiecePicker picker = new PiecePicker(1, new Random(1));

    assertEquals(0, picker.pick(bits(0), ANY));
    assertEquals(PiecePicker.NONE, picker.pick(bits(0), ANY));
    assertTrue(picker.isExhausted());
    picker.giveBack(0);
    assertEquals(0, picker.pick(bits(0), ANY));
  }

  @Test
  void peersBreakTiesInDifferentOrders() {
    BitSet all = bits(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    List<Integer> first = pickAll(new PiecePicker(10, new Random(1)), all);
    List<Integer> second = pickAll(new PiecePicker(10, new Random(2)), all);

    assertNotEquals(first, second);
    assertEquals(new HashSet<>(first), new HashSet<>(second));
    assertEquals(10, new HashSet<>(first).size());
  }

  private static List<Integer> pickAll(PiecePicker picker, BitSet remoteHas) {
    List<Integer> picked = new ArrayList<>();
    for (int piece = picker.pick(remoteHas, ANY);
        piece != PiecePicker.NONE;
        piece = picker.pick(remoteHas, ANY)) {
      picked.add(piece);
    }
    return picked;
  }

  private static BitSet bits(int... pieces) {
    BitSet bits = new BitSet();
    for (int piece : pieces) {
      bits.set(piece);
    }
    return bits;
  }
}
