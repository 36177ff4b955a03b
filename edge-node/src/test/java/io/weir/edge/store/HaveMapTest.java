package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.HaveMap.PutPlan;
import io.weir.edge.store.HaveMap.Victim;
import io.weir.edge.store.PieceStore.Eviction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HaveMapTest {
  private final HaveMap map = new HaveMap(100);
  private final long old = map.ordinalOf("old", 1, TestContent.INFO_HASH);
  private final long young = map.ordinalOf("young", 1, TestContent.INFO_HASH);

  @Test
  void ordinalIsKeptForTheVersionAndNeverGivenToAnother() {
    assertEquals(old, map.ordinalOf("old", 1, TestContent.INFO_HASH));
    assertNotEquals(old, map.ordinalOf("old", 2, TestContent.INFO_HASH));
    map.forget(old);
    assertTrue(map.ordinalOf("old", 1, TestContent.INFO_HASH) > young);
  }

  @Test
  void leastRecentlyUsedGoesFirstFromItsEnd() {
    add(old, 0, 30);
    add(old, 1, 30);
    add(young, 0, 30);
    long next = map.ordinalOf("next", 1, TestContent.INFO_HASH);
    assertEquals(List.of(new Victim(old, 1, 30)), victims(next, 20, Eviction.ANY));
    assertTrue(map.use(old, 0));
    assertEquals(
        List.of(new Victim(young, 0, 30), new Victim(old, 1, 30)), victims(next, 50, Eviction.ANY));
  }

  @Test
  void protectedVersionsGoLastAndForBackgroundPutsNever() {
    add(old, 0, 50);
    add(young, 0, 50);
    map.protect(Set.of(old));
    long next = map.ordinalOf("next", 1, TestContent.INFO_HASH);
    assertEquals(List.of(new Victim(young, 0, 50)), victims(next, 50, Eviction.ANY));
    assertEquals(List.of(new Victim(young, 0, 50)), victims(next, 50, Eviction.UNPROTECTED));
    assertInstanceOf(PutPlan.Full.class, map.planPut(next, 0, 51, Eviction.UNPROTECTED));
    assertEquals(2, victims(next, 51, Eviction.ANY).size());
  }

  @Test
  void versionThatIsWrittenNeverEvictsItself() {
    add(old, 0, 100);
    assertInstanceOf(PutPlan.Full.class, map.planPut(old, 1, 1, Eviction.ANY));
    assertInstanceOf(PutPlan.Held.class, map.planPut(old, 0, 100, Eviction.ANY));
  }

  @Test
  void pieceLargerThanTheCapIsFull() {
    assertInstanceOf(PutPlan.Full.class, map.planPut(old, 0, 101, Eviction.ANY));
  }

  @Test
  void forgottenVersionTakesNoPiece() {
    map.forget(old);
    assertInstanceOf(PutPlan.Forgotten.class, map.planPut(old, 0, 1, Eviction.ANY));
    assertFalse(map.use(old, 0));
  }

  @Test
  void capIsNeverExceededWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Victim, Boolean> held = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      long ordinal = map.ordinalOf("content-" + random.nextInt(5), 1, TestContent.INFO_HASH);
      int piece = random.nextInt(6);
      switch (random.nextInt(6)) {
        case 0 -> {
          map.forget(ordinal);
          held.keySet().removeIf(victim -> victim.ordinal() == ordinal);
        }
        case 1 -> {
          map.remove(ordinal, piece);
          held.keySet().removeIf(v -> v.ordinal() == ordinal && v.piece() == piece);
        }
        case 2 -> map.protect(Set.of(ordinal));
        default -> {
          int length = 1 + random.nextInt(40);
          Eviction eviction = random.nextBoolean() ? Eviction.ANY : Eviction.UNPROTECTED;
          if (map.planPut(ordinal, piece, length, eviction) instanceof PutPlan.Go go) {
            for (Victim victim : go.victims()) {
              assertTrue(held.remove(victim), "seed " + seed + " evicts what is not held");
              map.remove(victim.ordinal(), victim.piece());
            }
            map.add(ordinal, piece, length);
            held.put(new Victim(ordinal, piece, length), true);
          }
        }
      }
      long sum = held.keySet().stream().mapToLong(Victim::lengthBytes).sum();
      assertEquals(sum, map.storedBytes(), "seed " + seed);
      assertTrue(sum <= 100, "seed " + seed);
    }
  }

  private void add(long ordinal, int piece, int lengthBytes) {
    assertEquals(List.of(), victims(ordinal, piece, lengthBytes, Eviction.ANY));
    map.add(ordinal, piece, lengthBytes);
  }

  private List<Victim> victims(long ordinal, int lengthBytes, Eviction eviction) {
    return victims(ordinal, 0, lengthBytes, eviction);
  }

  private List<Victim> victims(long ordinal, int piece, int lengthBytes, Eviction eviction) {
    return assertInstanceOf(PutPlan.Go.class, map.planPut(ordinal, piece, lengthBytes, eviction))
        .victims();
  }
}
