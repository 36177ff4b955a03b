package io.weir.protocol.control;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of the names that operators give: ids of contents and of nodes. */
final class RegisteredName {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** Refuses anything else, naming the field but not quoting what a remote sent. */
  static void require(String field, @Nullable String name) {
    if (name == null || !SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException(field + " is not " + SHAPE);
    }
  }

  private RegisteredName() {}
}
