package io.weir.origin.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.PathTemplateMatch;
import io.weir.origin.spool.ContentKey;
import java.util.Map;
import java.util.Optional;

/** The parts of a path that name a content version, and a file in it. */
final class ContentPath {
  static final String CONTENT = "{contentId}/{contentVersion}";
  static final String FILE = CONTENT + "/{fileIndex}";

  /** The content version; empty where the path can name none. */
  static Optional<ContentKey> content(HttpServerExchange exchange) {
    Map<String, String> parts = parts(exchange);
    return ContentKey.parse(
        parts.getOrDefault("contentId", ""), parts.getOrDefault("contentVersion", ""));
  }

  static String file(HttpServerExchange exchange) {
    return parts(exchange).getOrDefault("fileIndex", "");
  }

  private static Map<String, String> parts(HttpServerExchange exchange) {
    return exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY).getParameters();
  }

  private ContentPath() {}
}
