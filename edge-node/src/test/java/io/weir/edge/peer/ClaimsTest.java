package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class ClaimsTest {
  private final Claims claims = new Claims(4);

  @Test
  void healthySourceIsAsGoodAsAFullStore() {
    claims.begin(pieces(1), true);
    assertTrue(claims.areComplete());
    assertFalse(claims.areHonest());
  }

  @Test
  void fullStoreNeedsNoSource() {
    claims.begin(pieces(0, 1, 2, 3), false);
    assertTrue(claims.areComplete());
    assertFalse(claims.areHonest());
  }

  @Test
  void onlyWhatIsStoredIsClaimedWhileTheSourceIsDown() {
    claims.begin(pieces(1, 3), false);
    assertEquals(pieces(1, 3), claims.told());
    assertTrue(claims.areHonest());
    assertEquals(pieces(2), claims.missing(pieces(1, 2, 3), false));
    assertEquals(pieces(3), claims.gone(pieces(1, 2), false));
  }

  @Test
  void whatTheSourceCanGiveBackIsNotTakenBack() {
    claims.begin(pieces(1, 3), false);
    assertEquals(pieces(), claims.gone(pieces(), true));
    assertEquals(pieces(0, 2), claims.missing(pieces(1), true));
  }

  @Test
  void honestPeerThatWasToldOfEverythingIsAsTheOthers() {
    claims.begin(pieces(0, 1, 2), false);
    assertTrue(claims.claim(3));
    assertFalse(claims.claim(3));
    assertFalse(claims.areHonest());
    assertEquals(pieces(), claims.gone(pieces(), false));
  }

  @Test
  void onlyWhatWasClaimedIsWithdrawn() {
    claims.begin(pieces(), true);
    assertTrue(claims.withdraw(2));
    assertFalse(claims.withdraw(2));
    assertFalse(claims.areComplete());
    assertFalse(claims.areHonest());
    assertEquals(pieces(), claims.missing(pieces(), false));
    assertEquals(pieces(2), claims.missing(pieces(2), false));
  }

  private static BitSet pieces(int... pieces) {
    BitSet set = new BitSet();
    for (int piece : pieces) {
      set.set(piece);
    }
    return set;
  }
}
