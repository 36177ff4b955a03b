package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Content;
import io.weir.protocol.control.NodeEndpoints;
import java.util.List;

/**
 * {@code GET /t/{contentId}.torrent}: the metainfo, with this edge's trackers and web seed first.
 */
final class TorrentHandler implements PathHandler {
  private static final String SUFFIX = ".torrent";
  private static final int SEGMENTS = 2;

  private final Catalogue catalogue;
  private final NodeEndpoints self;

  TorrentHandler(Catalogue catalogue, NodeEndpoints self) {
    this.catalogue = catalogue;
    this.self = self;
  }

  @Override
  public void handle(HttpServerExchange exchange, String rawPath) {
    Answers.allowAnyOrigin(exchange);
    HttpString method = exchange.getRequestMethod();
    if (method.equals(Methods.OPTIONS)) {
      Answers.preflight(exchange);
    } else if (!method.equals(Methods.GET) && !method.equals(Methods.HEAD)) {
      Answers.methodNotAllowed(exchange, "GET, HEAD, OPTIONS");
    } else if (UrlPath.decode(rawPath) instanceof UrlPath.Segments path) {
      find(exchange, path.segments());
    } else {
      Answers.text(exchange, 400, "malformed path");
    }
  }

  private void find(HttpServerExchange exchange, List<String> segments) {
    String fileName = segments.get(1);
    if (segments.size() != SEGMENTS || !fileName.endsWith(SUFFIX)) {
      Answers.notFound(exchange);
      return;
    }
    Catalogue.Lookup found =
        catalogue.byId(fileName.substring(0, fileName.length() - SUFFIX.length()));
    if (found instanceof Catalogue.Lookup.Ingesting) {
      Answers.retryLater(exchange, "content is being ingested");
    } else if (found instanceof Catalogue.Lookup.Ready ready) {
      // Metainfo can be megabytes long, too much to write on an I/O thread.
      exchange.dispatch(worker -> send(worker, ready.content()));
    } else {
      Answers.notFound(exchange);
    }
  }

  private void send(HttpServerExchange exchange, Content content) {
    SwarmAddresses addresses = SwarmAddresses.of(content, self);
    exchange
        .getResponseHeaders()
        .put(Headers.CACHE_CONTROL, "public, no-cache")
        .put(Headers.CONTENT_DISPOSITION, "attachment; filename=\"" + content.id() + SUFFIX + '"');
    Answers.body(
        exchange,
        "application/x-bittorrent",
        content.metainfo().toTorrent(addresses.announceTiers(), addresses.webSeeds()));
  }
}
