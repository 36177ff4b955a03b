package io.weir.control.api;

import io.weir.control.catalogue.Content;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags of contents (RFC 9110 section 8.8.3). A tag names version and state, which together
 * never come back under one id; what moves by itself while a state lasts, as progress and the
 * replicas' holdings do, is not part of it, so that it serves to guard changes.
 */
final class EntityTag {
  private EntityTag() {}

  static String of(Content content) {
    return "\"" + content.version() + "-" + content.state().word() + "\"";
  }

  /** The condition of an {@code If-Match} header (section 13.1.1): holds where there is none. */
  static Predicate<Optional<Content>> ifMatch(@Nullable String header) {
    if (header == null) {
      return current -> true;
    }
    if (header.strip().equals("*")) {
      return Optional::isPresent;
    }
    return current ->
        current.isPresent()
            && Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(of(current.get())::equals);
  }
}
