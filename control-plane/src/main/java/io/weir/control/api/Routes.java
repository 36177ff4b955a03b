package io.weir.control.api;

import static io.weir.control.api.Caller.ANYONE;
import static io.weir.control.api.Caller.NODE;
import static io.weir.control.api.Caller.OPERATOR;

import java.util.List;

/** Every operation of the API in one place; {@code openapi.yaml} describes the same ones. */
final class Routes {
  private Routes() {}

  /**
   * The routes.
   *
   * @param monitor who may read the metrics
   */
  static List<Route> of(
      Caller monitor,
      ContentResource contents,
      NodeResource nodes,
      NodeAgentResource agents,
      ServiceResource service) {
    return List.of(
        Route.of("GET", "/", ANYONE, service::greeting),
        Route.of("GET", "/healthz", ANYONE, service::health),
        Route.of("GET", "/readyz", ANYONE, service::readiness),
        Route.of("GET", "/metrics", monitor, service::metrics),
        Route.of("GET", "/openapi.yaml", ANYONE, service::description),
        Route.of("GET", "/v1/contents", OPERATOR, contents::list),
        Route.of("PUT", "/v1/contents/{id}", OPERATOR, contents::put)
            .withBodyOf(PublishBody.MAX_BYTES),
        Route.of("GET", "/v1/contents/{id}", OPERATOR, contents::get),
        Route.of("DELETE", "/v1/contents/{id}", OPERATOR, contents::delete),
        Route.of("GET", "/v1/contents/{id}/torrent", OPERATOR, contents::torrent),
        Route.of("POST", "/v1/contents/{id}/purge", OPERATOR, contents::purge),
        Route.of("GET", "/v1/nodes", OPERATOR, nodes::list),
        Route.of("GET", "/v1/nodes/{id}", OPERATOR, nodes::get),
        Route.of("PUT", "/v1/nodes/{id}", NODE, agents::register),
        Route.of("POST", "/v1/nodes/{id}/heartbeat", NODE, agents::heartbeat)
            .withBodyOf(NodeAgentResource.MAX_HEARTBEAT_BYTES),
        Route.of("GET", "/v1/nodes/{id}/assignment", NODE, agents::assignment),
        Route.of(
            "GET", "/v1/nodes/{id}/metainfo/{contentId}/{contentVersion}", NODE, agents::metainfo));
  }
}
