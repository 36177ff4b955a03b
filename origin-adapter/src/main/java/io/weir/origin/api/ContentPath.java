package io.weir.origin.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.PathTemplateMatch;
import io.weir.origin.spool.ContentKey;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The parts of a path that name a content version, and a piece of it. */
final class ContentPath {
  static final String CONTENT = "{contentId}/{contentVersion}";
  static final String PIECE = CONTENT + "/{piece}";

  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** The content version; empty where the path can name none. */
  static Optional<ContentKey> content(HttpServerExchange exchange) {
    Map<String, String> parts = parts(exchange);
    return ContentKey.parse(
        parts.getOrDefault("contentId", ""), parts.getOrDefault("contentVersion", ""));
  }

  /** The piece's index; empty where the path can name none. */
  static OptionalInt piece(HttpServerExchange exchange) {
    String index = parts(exchange).getOrDefault("piece", "");
    return INDEX.matcher(index).matches()
        ? OptionalInt.of(Integer.parseInt(index))
        : OptionalInt.empty();
  }

  private static Map<String, String> parts(HttpServerExchange exchange) {
    return exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY).getParameters();
  }

  private ContentPath() {}
}
