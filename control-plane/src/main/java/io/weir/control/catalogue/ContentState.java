package io.weir.control.catalogue;

import java.util.Locale;

/**
 * Where one version of a content stands. A version begins as INGESTING and ends as READY or FAILED;
 * only a new version goes back to INGESTING.
 */
public enum ContentState {
  /** An origin adapter reads and hashes it; edges answer 503 for it. */
  INGESTING,
  /** Its metainfo is known; edges serve it. */
  READY,
  /** Its origin could not be read or was refused; edges do not know it. */
  FAILED;

  /** The word for it in the API and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #word} wrote. */
  public static ContentState ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
