package io.weir.control.api;

import io.weir.control.catalogue.Content;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conditions under which a request about one content is to be answered (RFC 9110 section 13).
 *
 * @param ifMatch the content must have one of these tags; null where there is no such condition
 * @param ifNoneMatch the content must have none of these; null where there is no such condition
 */
record Preconditions(@Nullable TagList ifMatch, @Nullable TagList ifNoneMatch)
    implements Predicate<Optional<Content>> {
  static Preconditions of(ApiRequest request) throws RequestFault {
    return new Preconditions(tags(request, "If-Match"), tags(request, "If-None-Match"));
  }

  private static @Nullable TagList tags(ApiRequest request, String headerName) throws RequestFault {
    String value = request.header(headerName);
    return value == null ? null : TagList.parse(headerName, value);
  }

  /** Whether a change may be made; empty stands for a content that is not registered. */
  @Override
  public boolean test(Optional<Content> current) {
    return matches(current) && !isOneOfNone(current);
  }

  /** Whether If-Match holds. */
  boolean matches(Optional<Content> current) {
    return ifMatch == null || current.map(EntityTag::of).filter(ifMatch::hasStrong).isPresent();
  }

  /** Whether the caller has the content as it is, by If-None-Match. */
  boolean isOneOfNone(Optional<Content> current) {
    return ifNoneMatch != null
        && current.map(EntityTag::of).filter(ifNoneMatch::hasWeak).isPresent();
  }
}
