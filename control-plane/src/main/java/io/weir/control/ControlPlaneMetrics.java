package io.weir.control;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.control.assignment.AssignmentFeed;
import io.weir.control.catalogue.ContentState;
import io.weir.control.db.Catalogue;
import io.weir.control.db.Nodes;
import io.weir.control.node.HeartbeatBoard;

/** The gauges of what the control plane holds; read from the database when they are scraped. */
final class ControlPlaneMetrics {
  private ControlPlaneMetrics() {}

  static void register(
      MeterRegistry meters,
      Catalogue catalogue,
      Nodes nodes,
      HeartbeatBoard heartbeats,
      AssignmentFeed feed) {
    for (ContentState state : ContentState.values()) {
      Gauge.builder("weir.contents", catalogue, c -> c.countByState().getOrDefault(state, 0))
          .tag("state", state.word())
          .description(
              "Registered contents. ingesting that stays up means an origin adapter is slow or"
                  + " unavailable; failed, that publishers' origins want looking at.")
          .register(meters);
    }
    Gauge.builder("weir.assignment.version", feed, f -> f.current().version())
        .description(
            "Version of the assignment that nodes should have. A fast rise means that contents or"
                + " nodes change all the time.")
        .register(meters);
    Gauge.builder("weir.nodes", nodes, n -> n.all().size())
        .tag("state", "registered")
        .description("Nodes that ever registered; compare with those that are up.")
        .register(meters);
    Gauge.builder(
            "weir.nodes",
            nodes,
            n -> n.all().stream().filter(node -> heartbeats.isUp(node.id())).count())
        .tag("state", "up")
        .description("Nodes that ever registered; compare with those that are up.")
        .register(meters);
  }
}
