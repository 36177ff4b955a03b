package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
  @Test
  void hotPiecesAreSuggestedFromThePlaceOnAndRoundTheEnd() {
    assertEquals(List.of(8, 9, 0), Suggestions.from(7, 10, List.of(0, 8, 9)::contains));
  }

  @Test
  void noMoreThanTheLimitAreSuggested() {
    assertEquals(Suggestions.MAX_PIECES, Suggestions.from(3, 1000, piece -> true).size());
  }

  @Test
  void noMoreThanTheLimitAreLookedAt() {
    AtomicInteger looks = new AtomicInteger();
    Suggestions.from(
        Integer.MAX_VALUE - 2, Integer.MAX_VALUE, piece -> looks.getAndIncrement() < 0);
    assertEquals(Suggestions.MAX_LOOKED_AT, looks.get());
  }

  @Test
  void smallContentIsLookedAtOnce() {
    assertEquals(List.of(1, 0), Suggestions.from(1, 2, piece -> true));
  }
}
