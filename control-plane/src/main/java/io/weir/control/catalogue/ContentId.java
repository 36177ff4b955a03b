package io.weir.control.catalogue;

import io.weir.protocol.control.RegisteredName;
import java.util.Locale;

/**
 * The operator's name for a content, a {@link RegisteredName}: a path segment of every URL that the
 * content is served under.
 *
 * @param value the id itself
 */
public record ContentId(String value) {
  /**
   * Checks the grammar.
   *
   * @throws IllegalArgumentException naming the grammar if the id does not follow it
   */
  public ContentId {
    if (!RegisteredName.isValid(value)) {
      throw new IllegalArgumentException("must match " + RegisteredName.GRAMMAR);
    }
  }

  /**
   * Makes an id from a file name: lower case, every other character a dash, cut to {@link
   * RegisteredName#MAX_LENGTH}. Different names may give the same id.
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
    return new ContentId(id.substring(0, Math.min(RegisteredName.MAX_LENGTH, id.length())));
  }

  @Override
  public String toString() {
    return value;
  }
}
