package io.weir.control.catalogue;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The operator's name for a content, {@code [a-z0-9][a-z0-9._-]{0,62}}: a path segment of every URL
 * that the content is served under.
 *
 * @param value the id itself
 */
public record ContentId(String value) {
  /** Longest id, in characters. */
  public static final int MAX_LENGTH = 63;

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /**
   * Checks the grammar.
   *
   * @throws IllegalArgumentException naming the grammar if the id does not follow it
   */
  public ContentId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("must match " + VALID);
    }
  }

  /**
   * Makes an id from a file name: lower case, every other character a dash, cut to {@link
   * #MAX_LENGTH}. Different names may give the same id.
   *
   * @throws IllegalArgumentException if no letter or digit of ASCII is left to begin with
   */
  public static ContentId fromFileName(String fileName) {
    String id =
        fileName
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]", "-")
            .replaceFirst("^[._-]+", "");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("no id can be made from the name '" + fileName + "'");
    }
    return new ContentId(id.substring(0, Math.min(MAX_LENGTH, id.length())));
  }

  @Override
  public String toString() {
    return value;
  }
}
