package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Catalogue.Lookup;
import io.weir.edge.swarm.CatalogueSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every request for registered content has in common: it may come from a script of any site,
 * only reads, has a path that can be decoded, and names a content that is ready here.
 *
 * @param <T> what the resource finds under a path
 */
final class CatalogueHandler<T> implements PathHandler {
  private static final String METHODS = "GET, HEAD, OPTIONS";

  private final Catalogue catalogue;
  private final ContentResource<T> resource;
  private final KnownPaths<T> known = new KnownPaths<>();

  CatalogueHandler(Catalogue catalogue, ContentResource<T> resource) {
    this.catalogue = catalogue;
    this.resource = resource;
  }

  @Override
  public void handle(HttpServerExchange exchange, String rawPath) {
    Answers.allowAnyOrigin(exchange);
    switch (exchange.getRequestMethod().toString()) {
      case "OPTIONS" -> Answers.preflight(exchange);
      case "GET", "HEAD" -> {
        CatalogueSnapshot snapshot = catalogue.snapshot();
        T found = known.find(snapshot, rawPath);
        if (found == null) {
          found = lookUp(exchange, rawPath);
          if (found == null) {
            return;
          }
          known.add(snapshot, rawPath, found);
        }
        resource.answer(exchange, found);
      }
      default -> Answers.methodNotAllowed(exchange, METHODS);
    }
  }

  /** What the path names; null where there is nothing to answer with, which is answered. */
  private @Nullable T lookUp(HttpServerExchange exchange, String rawPath) {
    if (!(UrlPath.decode(rawPath) instanceof UrlPath.Segments path)) {
      Answers.text(exchange, 400, "malformed path");
      return null;
    }
    List<String> segments = path.segments();
    String contentId = resource.contentId(segments);
    if (contentId == null) {
      Answers.notFound(exchange);
      return null;
    }
    Lookup lookup = catalogue.byId(contentId);
    if (lookup instanceof Lookup.Ready ready) {
      T found = resource.find(ready.content(), segments);
      if (found == null) {
        Answers.notFound(exchange);
      }
      return found;
    }
    if (lookup instanceof Lookup.Ingesting) {
      Answers.retryLater(exchange, "content is being ingested");
    } else if (lookup instanceof Lookup.Unassigned) {
      Answers.retryLater(exchange, "this edge has not been told its contents yet");
    } else {
      Answers.notFound(exchange);
    }
    return null;
  }
}
