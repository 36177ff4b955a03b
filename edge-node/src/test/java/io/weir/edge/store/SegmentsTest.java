package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SegmentsTest {
  private static final int HALF = Segments.SEGMENT_BYTES / 2;

  private final Segments segments = new Segments(4L * Segments.SEGMENT_BYTES);

  @Test
  void segmentIsDeadOnceItsLastPieceIsGoneAndToldOnce() {
    Placed first = append(HALF);
    Placed second = append(HALF);
    assertTrue(segments.currentIsFull());
    segments.startNext();
    int segment = Segments.segmentOf(first.place());
    segments.remove(first);
    assertFalse(segments.allDead(segment, segment));
    assertEquals(List.of(), segments.takeDead());
    segments.remove(second);
    assertTrue(segments.allDead(segment, segment));
    assertEquals(List.of(segment), segments.takeDead());
    assertEquals(List.of(), segments.takeDead());
    assertTrue(segments.allDead(segment, segment));
  }

  @Test
  void currentSegmentIsNeverDead() {
    Placed only = append(1);
    segments.remove(only);
    int segment = Segments.segmentOf(only.place());
    assertEquals(List.of(), segments.takeDead());
    assertFalse(segments.allDead(segment, segment));
  }

  @Test
  void placesFoundOnDiskAreNotUsedAgain() {
    segments.found(7);
    segments.startAfter(9);
    segments.startAfter(8);
    assertEquals(Segments.startOf(10), segments.nextPlace());
    assertEquals(Segments.startOf(10) + 1, segments.nextPlace());
    assertEquals(List.of(7), segments.takeDead());
  }

  @Test
  void fullSegmentsWithinTheCapAreNeverTooMany() {
    for (int segment = 0; segment < 4; segment++) {
      append(2 * HALF);
      segments.startNext();
    }
    assertFalse(segments.tooMany());
  }

  @Test
  void emptiestOfTooManyHasAFifthToGain() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Placed> held = new ArrayList<>();
    long heldBytes = 0;
    for (int i = 0; i < 2_000; i++) {
      while (heldBytes > 4L * Segments.SEGMENT_BYTES - HALF) {
        Placed gone = held.remove(random.nextInt(held.size()));
        heldBytes -= gone.lengthBytes();
        segments.remove(gone);
      }
      Placed placed = append(1 + random.nextInt(HALF));
      held.add(placed);
      heldBytes += placed.lengthBytes();
      if (segments.currentIsFull()) {
        segments.startNext();
      }
      while (segments.tooMany()) {
        int segment = segments.emptiest();
        List<Placed> rest =
            held.stream().filter(p -> Segments.segmentOf(p.place()) == segment).toList();
        long restBytes = rest.stream().mapToLong(Placed::lengthBytes).sum();
        assertTrue(restBytes <= Segments.SEGMENT_BYTES * 4L / 5, "seed " + seed);
        held.removeAll(rest);
        rest.forEach(segments::remove);
        rest.forEach(p -> held.add(append(p.lengthBytes())));
        if (segments.currentIsFull()) {
          segments.startNext();
        }
      }
    }
  }

  private Placed append(int lengthBytes) {
    Placed placed = new Placed(segments.nextPlace(), lengthBytes);
    segments.appended(placed.place(), lengthBytes);
    return placed;
  }
}
