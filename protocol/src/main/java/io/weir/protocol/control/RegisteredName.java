package io.weir.protocol.control;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of the names that operators give: ids of contents and of nodes. */
public final class RegisteredName {
  /** What a name matches, whole: a path segment of URLs that needs no encoding. */
  public static final String GRAMMAR = "[a-z0-9][a-z0-9._-]{0,62}";

  /** Longest name, in characters. */
  public static final int MAX_LENGTH = 63;

  private static final Pattern SHAPE = Pattern.compile(GRAMMAR);

  private RegisteredName() {}

  /** Whether this may name a content or a node. */
  public static boolean isValid(@Nullable String name) {
    return name != null && SHAPE.matcher(name).matches();
  }

  /** Refuses anything else, naming the field but not quoting what a remote sent. */
  static void require(String field, @Nullable String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(field + " is not " + GRAMMAR);
    }
  }
}
