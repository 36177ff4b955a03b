package io.weir.protocol.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses the key that a mistyped one was meant to be, by Levenshtein distance. */
final class NearestKey {
  /** The known key that takes fewest edits, if that is at most half of its letters. */
  static Optional<String> to(String mistyped, Collection<String> known) {
    return known.stream()
        .filter(key -> distance(mistyped, key) <= key.length() / 2)
        .min(Comparator.comparingInt(key -> distance(mistyped, key)));
  }

  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }

  private NearestKey() {}
}
