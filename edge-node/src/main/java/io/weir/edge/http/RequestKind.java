package io.weir.edge.http;

import java.util.Locale;

/** What a request is for, by its path: also a label of metrics. */
enum RequestKind {
  CONTENT,
  TORRENT,
  ANNOUNCE,
  SCRAPE,
  OTHER;

  static RequestKind of(String rawPath) {
    if (rawPath.startsWith("/c/")) {
      return CONTENT;
    }
    if (rawPath.startsWith("/t/")) {
      return TORRENT;
    }
    return switch (rawPath) {
      case "/announce" -> ANNOUNCE;
      case "/scrape" -> SCRAPE;
      default -> OTHER;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
