package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.TestContent;
import io.weir.edge.piece.Parts;
import io.weir.edge.store.HaveMap.PutPlan;
import io.weir.edge.store.PieceStore.Eviction;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HaveMapTest {
  private final HaveMap map = new HaveMap(100, 1L << 40);
  private final long old = map.ordinalOf("old", 1, TestContent.INFO_HASH);
  private final long young = map.ordinalOf("young", 1, TestContent.INFO_HASH);
  private int lastSegment;

  @Test
  void ordinalIsKeptForTheVersionAndNeverGivenToAnother() {
    assertEquals(old, map.ordinalOf("old", 1, TestContent.INFO_HASH));
    assertNotEquals(old, map.ordinalOf("old", 2, TestContent.INFO_HASH));
    map.forget(old);
    assertTrue(map.ordinalOf("old", 1, TestContent.INFO_HASH) > young);
  }

  @Test
  void segmentLeftAloneForLongestGoesFirst() {
    int first = add(old, 0, 30);
    int second = add(old, 1, 30);
    int third = add(young, 0, 30);
    assertEquals(List.of(first), victims(20, Eviction.ANY));
    assertNotNull(map.part(old, 0, 0, true));
    assertEquals(List.of(second), victims(20, Eviction.ANY));
    assertNotNull(map.part(old, 1, 0, false));
    assertEquals(List.of(second, third), victims(70, Eviction.ANY));
  }

  @Test
  void protectedVersionsGoLastAndForBackgroundPutsNever() {
    int kept = add(old, 0, 50);
    int loose = add(young, 0, 50);
    map.protect(Set.of(old));
    assertEquals(List.of(loose), victims(50, Eviction.ANY));
    assertEquals(List.of(loose), victims(50, Eviction.UNPROTECTED));
    assertInstanceOf(PutPlan.Full.class, map.planPut(young, 1, 51, Eviction.UNPROTECTED));
    assertEquals(List.of(loose, kept), victims(51, Eviction.ANY));
  }

  @Test
  void segmentThatIsMostlyDeadGoesBeforeAllOthersProtectedOrNot() {
    add(young, 0, 50);
    int torn = segment(50);
    hold(old, 0, torn, 0, 20);
    map.protect(Set.of(old));
    assertEquals(List.of(torn), victims(10, Eviction.UNPROTECTED));
  }

  @Test
  void segmentThatIsAppendedToStays() {
    map.found(++lastSegment, 100, true);
    hold(old, 0, lastSegment, 0, 100);
    assertInstanceOf(PutPlan.Full.class, map.planPut(young, 0, 1, Eviction.ANY));
    map.sealed(lastSegment);
    assertEquals(List.of(lastSegment), victims(1, Eviction.ANY));
  }

  @Test
  void whatIsHeldIsNotPutAgainAndForgottenVersionsTakeNothing() {
    add(old, 0, 100);
    assertInstanceOf(PutPlan.Held.class, map.planPut(old, 0, 100, Eviction.ANY));
    map.forget(old);
    assertInstanceOf(PutPlan.Forgotten.class, map.planPut(old, 0, 1, Eviction.ANY));
    assertNull(map.part(old, 0, 0, true));
  }

  @Test
  void pieceLargerThanTheCapIsFull() {
    assertInstanceOf(PutPlan.Full.class, map.planPut(old, 0, 101, Eviction.ANY));
  }

  @Test
  void segmentOfWhichAllIsForgottenIsDead() {
    int first = add(old, 0, 10);
    int second = add(young, 0, 10);
    assertEquals(List.of(), map.dead());
    map.forget(old);
    map.remove(young, 0);
    assertEquals(List.of(first, second), map.dead());
    map.removeSegment(first);
    map.removeSegment(second);
    assertEquals(0, map.segments());
  }

  @Test
  void lastPieceThatComesFirstLosesNoChecksum() {
    int segment = segment(100);
    HaveRow last = new HaveRow(new Placed(segment, 0, 10), new int[] {7});
    HaveRow first = new HaveRow(new Placed(segment, 10, 3 * Parts.BYTES), new int[] {1, 2, 3});
    map.add(old, 5, last, true);
    map.add(old, 0, first, true);
    assertEquals(7, checksum(5, 0));
    for (int part = 0; part < 3; part++) {
      assertEquals(part + 1, checksum(0, part));
    }
  }

  @Test
  void runEndsWhereWarmthEnds() {
    HaveMap cold = new HaveMap(1L << 40, 3L << 20);
    long ordinal = cold.ordinalOf("film", 1, TestContent.INFO_HASH);
    cold.found(1, 0, true);
    for (int piece = 0; piece < 4; piece++) {
      Placed placed = new Placed(1, piece << 20, 1 << 20);
      cold.add(ordinal, piece, new HaveRow(placed, new int[4]), true);
    }
    assertNull(cold.run(ordinal, 0, 0, 1 << 20));
    Placed run = cold.run(ordinal, 2, 100, 1 << 30);
    assertEquals(new Placed(1, (2 << 20) + 100, (2 << 20) - 100), run);
  }

  @Test
  void capIsNeverExceededWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int step = 0; step < 20_000; step++) {
      long ordinal = map.ordinalOf("content-" + random.nextInt(5), 1, TestContent.INFO_HASH);
      int piece = random.nextInt(6);
      switch (random.nextInt(6)) {
        case 0 -> map.forget(ordinal);
        case 1 -> map.remove(ordinal, piece);
        case 2 -> map.protect(Set.of(ordinal));
        default -> {
          int length = 1 + random.nextInt(40);
          Eviction eviction = random.nextBoolean() ? Eviction.ANY : Eviction.UNPROTECTED;
          if (map.planPut(ordinal, piece, length, eviction) instanceof PutPlan.Go go) {
            go.victims().forEach(map::removeSegment);
            add(ordinal, piece, length);
          }
        }
      }
      if (random.nextBoolean()) {
        map.dead().forEach(map::removeSegment);
      }
      assertTrue(map.storedBytes() <= 100, "step " + step + " seed " + seed);
      assertFalse(map.storedBytes() < 0, "step " + step + " seed " + seed);
    }
  }

  private int checksum(int piece, int part) {
    HaveMap.HeldPart held = map.part(old, piece, part, false);
    assertNotNull(held);
    return held.checksum();
  }

  private List<Integer> victims(int lengthBytes, Eviction eviction) {
    long next = map.ordinalOf("next", 1, TestContent.INFO_HASH);
    return assertInstanceOf(PutPlan.Go.class, map.planPut(next, 0, lengthBytes, eviction))
        .victims();
  }

  /** Each piece in a segment of its own. */
  private int add(long ordinal, int piece, int lengthBytes) {
    hold(ordinal, piece, segment(lengthBytes), 0, lengthBytes);
    return lastSegment;
  }

  private int segment(long bytes) {
    map.found(++lastSegment, bytes, false);
    return lastSegment;
  }

  private void hold(long ordinal, int piece, int segment, int offsetBytes, int lengthBytes) {
    Placed placed = new Placed(segment, offsetBytes, lengthBytes);
    map.add(ordinal, piece, new HaveRow(placed, new int[Parts.count(lengthBytes)]), true);
  }
}
