package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
  @Test
  void firstSuggestionsAreThoseFromThePlaceOnAndRoundTheEnd() {
    Suggestions suggestions = new Suggestions(10);
    assertEquals(List.of(8, 9, 0), suggestions.begin(7, List.of(0, 8, 9)::contains));
  }

  @Test
  void smallContentIsLookedAtOnce() {
    assertEquals(2, new Suggestions(2).begin(1, piece -> true).size());
  }

  @Test
  void noMoreThanTheLimitAreOutstanding() {
    Suggestions suggestions = new Suggestions(1000);
    List<Integer> first = suggestions.begin(3, piece -> true);
    assertEquals(Suggestions.MAX_PIECES, first.size());
    assertTrue(suggestions.await(500, 0));
    assertEquals(List.of(), suggestions.come(piece -> true, 0), "come, and not suggested");
    assertEquals(0, suggestions.awaited());
    suggestions.taken(first.get(0));
    assertTrue(suggestions.await(501, 0));
    assertTrue(suggestions.await(502, 0));
    assertEquals(List.of(501), suggestions.come(piece -> true, 0));
  }

  @Test
  void noMoreThanTheLimitAreLookedAt() {
    AtomicInteger looks = new AtomicInteger();
    new Suggestions(Integer.MAX_VALUE)
        .begin(Integer.MAX_VALUE - 2, piece -> looks.getAndIncrement() < 0);
    assertEquals(Suggestions.MAX_LOOKED_AT, looks.get());
  }

  @Test
  void awaitedPieceIsSuggestedOnceWhenItHasCome() {
    Suggestions suggestions = new Suggestions(10);
    suggestions.await(4, 0);
    assertEquals(List.of(), suggestions.come(piece -> false, 0));
    assertEquals(List.of(4), suggestions.come(piece -> true, 0));
    assertFalse(suggestions.await(4, 0));
    assertEquals(List.of(), suggestions.come(piece -> true, 0));
  }

  @Test
  void pieceThatThePeerHasTakenIsNotSuggested() {
    Suggestions suggestions = new Suggestions(10);
    suggestions.await(4, 0);
    suggestions.taken(4);
    assertEquals(0, suggestions.awaited());
    assertEquals(List.of(), suggestions.come(piece -> true, 0));
  }

  @Test
  void pieceThatDoesNotComeIsGivenUp() {
    Suggestions suggestions = new Suggestions(10);
    long givenUpNanos = Suggestions.GIVE_UP.toNanos();
    suggestions.await(4, 0);
    suggestions.await(5, 1);
    assertEquals(List.of(), suggestions.come(piece -> false, givenUpNanos));
    assertEquals(1, suggestions.awaited());
    assertEquals(List.of(5), suggestions.come(piece -> true, givenUpNanos));
  }
}
