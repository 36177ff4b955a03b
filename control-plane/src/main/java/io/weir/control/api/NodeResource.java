package io.weir.control.api;

import io.weir.control.db.Nodes;
import io.weir.control.node.HeartbeatBoard;
import io.weir.control.node.HeartbeatBoard.Pulse;
import io.weir.control.node.Node;
import io.weir.control.view.NodeView;
import java.util.Optional;

/** {@code /v1/nodes} as operators read it. */
final class NodeResource {
  private final Nodes nodes;
  private final HeartbeatBoard heartbeats;

  NodeResource(Nodes nodes, HeartbeatBoard heartbeats) {
    this.nodes = nodes;
    this.heartbeats = heartbeats;
  }

  Outcome list(ApiRequest request) throws RequestFault {
    PageRequest page = PageRequest.of(request);
    return Outcome.Document.ok(
        page.page(
            nodes.all().stream()
                .filter(node -> node.id().compareTo(page.afterId()) > 0)
                .limit(page.fetch())
                .map(this::view)
                .toList(),
            NodeView::id));
  }

  Outcome get(ApiRequest request) {
    String id = request.variable("id");
    return nodes
        .find(id)
        .<Outcome>map(node -> Outcome.Document.ok(view(node)))
        .orElseGet(() -> Fault.NOT_FOUND.because("id: no such node is registered"));
  }

  private NodeView view(Node node) {
    Optional<Pulse> pulse = heartbeats.last(node.id());
    return new NodeView(
        node.id(),
        heartbeats.isUp(node.id()) ? "up" : "down",
        node.endpoints(),
        node.storeCapacityBytes(),
        pulse.map(Pulse::storedBytes).orElse(null),
        node.registration().softwareVersion(),
        node.registeredAt().toString(),
        pulse.map(last -> last.at().toString()).orElse(null));
  }
}
