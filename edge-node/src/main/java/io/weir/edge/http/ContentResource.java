package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.weir.edge.swarm.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of a registered content that has a URL. Called on I/O threads, so it never blocks.
 *
 * @param <T> what a path was found to name, immutable
 */
interface ContentResource<T> {
  /** The content that a path names, null where it names none; its first segment is the kind's. */
  @Nullable String contentId(List<String> segments);

  /** What the path names of this content, null where it names nothing. */
  @Nullable T find(Content content, List<String> segments);

  /** Answers a GET or HEAD, now or later. */
  void answer(HttpServerExchange exchange, T found);
}
