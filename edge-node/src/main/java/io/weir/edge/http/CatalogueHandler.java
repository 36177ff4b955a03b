package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Catalogue.Lookup;
import java.util.List;

/**
 * What every request for registered content has in common: it may come from a script of any site,
 * only reads, has a path that can be decoded, and names a content that is ready here.
 */
final class CatalogueHandler implements PathHandler {
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final Catalogue catalogue;
  private final ContentResource resource;

  CatalogueHandler(Catalogue catalogue, ContentResource resource) {
    this.catalogue = catalogue;
    this.resource = resource;
  }

  @Override
  public void handle(HttpServerExchange exchange, String rawPath) {
    Answers.allowAnyOrigin(exchange);
    switch (exchange.getRequestMethod().toString()) {
      case "OPTIONS" -> Answers.preflight(exchange);
      case "GET", "HEAD" -> {
        if (UrlPath.decode(rawPath) instanceof UrlPath.Segments path) {
          find(exchange, path.segments());
        } else {
          Answers.text(exchange, 400, "malformed path");
        }
      }
      default -> Answers.methodNotAllowed(exchange, METHODS);
    }
  }

  private void find(HttpServerExchange exchange, List<String> segments) {
    String contentId = resource.contentId(segments);
    if (contentId == null) {
      Answers.notFound(exchange);
      return;
    }
    Lookup found = catalogue.byId(contentId);
    if (found instanceof Lookup.Ready ready) {
      resource.answer(exchange, ready.content(), segments);
    } else if (found instanceof Lookup.Ingesting) {
      Answers.retryLater(exchange, "content is being ingested");
    } else if (found instanceof Lookup.Unassigned) {
      Answers.retryLater(exchange, "this edge has not been told its contents yet");
    } else {
      Answers.notFound(exchange);
    }
  }
}
