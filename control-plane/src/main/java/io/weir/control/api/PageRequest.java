package io.weir.control.api;

import io.weir.control.catalogue.ContentId;
import io.weir.control.view.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Which page of a list sorted by id is wanted.
 *
 * @param afterId the last id of the page before, empty for the first page
 * @param limit most items on a page
 */
record PageRequest(String afterId, int limit) {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 500;

  static PageRequest of(ApiRequest request) throws RequestFault {
    int limit = (int) request.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    String cursor = request.query().get("cursor");
    return new PageRequest(cursor == null ? "" : idOf(cursor), limit);
  }

  private static String idOf(String cursor) throws RequestFault {
    try {
      byte[] id = Base64.getUrlDecoder().decode(cursor);
      return new ContentId(new String(id, StandardCharsets.UTF_8)).value();
    } catch (IllegalArgumentException e) {
      throw RequestFault.at("cursor", "is not one that a page named as its next");
    }
  }

  /** How many items to fetch: one more than fit, which tells whether there is a next page. */
  int fetch() {
    return limit + 1;
  }

  /** The page made of what was fetched. */
  <T> Page<T> page(List<T> fetched, Function<T, String> id) {
    if (fetched.size() <= limit) {
      return new Page<>(fetched, null);
    }
    List<T> items = fetched.subList(0, limit);
    byte[] last = id.apply(items.get(limit - 1)).getBytes(StandardCharsets.UTF_8);
    return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
  }
}
