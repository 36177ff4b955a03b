package io.weir.origin.spool;

import io.weir.protocol.control.RegisteredName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One version of one content. Safe to name files with: whatever comes from outside passes here
 * before it touches a path.
 *
 * @param contentId {@code [a-z0-9][a-z0-9._-]{0,62}}
 * @param version 1 or more
 */
public record ContentKey(String contentId, int version) {
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

  /** Validates. */
  public ContentKey {
    if (!RegisteredName.isValid(contentId) || version < 1) {
      throw new IllegalArgumentException("not a content version: " + contentId + " " + version);
    }
  }

  /** Reads both from text; empty where either is out of its grammar. */
  public static Optional<ContentKey> parse(String contentId, String version) {
    return RegisteredName.isValid(contentId) && VERSION.matcher(version).matches()
        ? Optional.of(new ContentKey(contentId, Integer.parseInt(version)))
        : Optional.empty();
  }

  /** {@code contentId/version} below a directory. */
  public Path below(Path directory) {
    return directory.resolve(contentId).resolve(Integer.toString(version));
  }

  @Override
  public String toString() {
    return contentId + "/" + version;
  }
}
