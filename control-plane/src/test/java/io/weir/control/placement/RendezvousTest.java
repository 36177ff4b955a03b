package io.weir.control.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.placement.Rendezvous.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  private static final int KEYS = 20_000;

  @Test
  void rankingDoesNotDependOnTheOrderOfCandidates() {
    List<Candidate> candidates =
        List.of(new Candidate("a", 1), new Candidate("b", 2), new Candidate("c", 3));
    List<Candidate> reversed = List.of(candidates.get(2), candidates.get(1), candidates.get(0));
    for (String key : keys(100)) {
      assertEquals(Rendezvous.rank(key, candidates), Rendezvous.rank(key, reversed));
    }
  }

  /** Computed apart from this code, by the formula in {@link Rendezvous}' description. */
  @Test
  void rankingIsTheSameOnEveryMachine() {
    List<Candidate> candidates =
        List.of(new Candidate("a", 1), new Candidate("b", 2), new Candidate("c", 3));
    assertEquals(List.of("b", "c", "a"), Rendezvous.rank("film", candidates));
  }

  @Test
  void removedCandidateMovesOnlyWhatItHadWon() {
    List<Candidate> all = random(new Random(7), 12);
    for (Candidate removed : all) {
      List<Candidate> rest = all.stream().filter(c -> !c.equals(removed)).toList();
      for (String key : keys(500)) {
        List<String> expected = new ArrayList<>(Rendezvous.rank(key, all));
        expected.remove(removed.id());
        assertEquals(expected, Rendezvous.rank(key, rest), "key " + key + " without " + removed);
      }
    }
  }

  @Test
  void sharesFollowWeights() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      List<Candidate> candidates = random(random, 2 + random.nextInt(8));
      double total = candidates.stream().mapToDouble(Candidate::weight).sum();
      Map<String, Integer> wins = new HashMap<>();
      keys(KEYS).forEach(k -> wins.merge(Rendezvous.rank(k, candidates).get(0), 1, Integer::sum));
      for (Candidate candidate : candidates) {
        double expected = KEYS * candidate.weight() / total;
        double deviation = 5 * Math.sqrt(expected);
        int actual = wins.getOrDefault(candidate.id(), 0);
        assertTrue(
            Math.abs(actual - expected) <= deviation,
            "seed " + seed + ": " + candidate + " won " + actual + " of expected " + expected);
      }
    }
  }

  @Test
  void grownWeightOnlyGainsKeys() {
    List<Candidate> before = random(new Random(3), 6);
    List<Candidate> after = new ArrayList<>(before);
    after.set(0, new Candidate(before.get(0).id(), before.get(0).weight() * 2));
    for (String key : keys(2_000)) {
      String winner = Rendezvous.rank(key, after).get(0);
      assertTrue(
          winner.equals(before.get(0).id()) || winner.equals(Rendezvous.rank(key, before).get(0)));
    }
  }

  @Test
  void weightThatIsNotAboveZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Candidate("a", 0));
    assertThrows(IllegalArgumentException.class, () -> new Candidate("a", Double.NaN));
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "content-" + i).toList();
  }

  private static List<Candidate> random(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Candidate("edge-" + i, 1 + random.nextInt(10)))
        .toList();
  }
}
