package io.weir.control.api;

import io.weir.control.assignment.AssignmentFeed;
import io.weir.control.assignment.AssignmentFeed.Published;
import io.weir.control.db.Catalogue;
import io.weir.control.db.Nodes;
import io.weir.control.db.Nodes.Registered;
import io.weir.control.node.HeartbeatBoard;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.NodeRegistration;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/nodes/{id}} as nodes themselves use it. */
final class NodeAgentResource {
  /** Longest heartbeat: tens of thousands of holdings. */
  static final int MAX_HEARTBEAT_BYTES = 4 << 20;

  /** Longest that an assignment is waited for. */
  static final Duration MAX_WAIT = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(NodeAgentResource.class);

  private static final String JSON = "application/json";

  private final Nodes nodes;
  private final HeartbeatBoard heartbeats;
  private final AssignmentFeed feed;
  private final Catalogue catalogue;

  NodeAgentResource(
      Nodes nodes, HeartbeatBoard heartbeats, AssignmentFeed feed, Catalogue catalogue) {
    this.nodes = nodes;
    this.heartbeats = heartbeats;
    this.feed = feed;
    this.catalogue = catalogue;
  }

  Outcome register(ApiRequest request) throws RequestFault {
    NodeRegistration registration = NodeBodies.registration(request, request.variable("id"));
    Registered registered = nodes.register(registration);
    if (registered == Registered.TOO_MANY) {
      return Fault.CONFLICT.because(
          "there are " + Nodes.MAX_NODES + " nodes, no more are registered");
    }
    log.info(
        "node registered node={} software={} registration={}",
        registration.endpoints().id(),
        registration.softwareVersion(),
        registered);
    return new Outcome.Nothing();
  }

  Outcome heartbeat(ApiRequest request) throws RequestFault {
    String id = request.variable("id");
    if (nodes.find(id).isEmpty()) {
      return notRegistered();
    }
    Heartbeat heartbeat = NodeBodies.heartbeat(request);
    Published published = feed.current();
    heartbeats.record(
        id, heartbeat, holding -> published.has(holding.contentId(), holding.contentVersion()));
    return new Outcome.Nothing();
  }

  Outcome assignment(ApiRequest request) throws RequestFault {
    String id = request.variable("id");
    long after = request.number("after", -1, -1, Long.MAX_VALUE);
    Duration wait = Duration.ofSeconds(request.number("wait", 0, 0, MAX_WAIT.toSeconds()));
    if (nodes.find(id).isEmpty()) {
      return notRegistered();
    }
    Published published = feed.current();
    if (published.version() == after && !wait.isZero()) {
      return new Outcome.AwaitAssignment(id, after, wait);
    }
    return newerThan(after);
  }

  /** What an assignment request gets when it does not wait any longer. */
  Outcome newerThan(long after) {
    Published published = feed.current();
    return published.version() == after
        ? new Outcome.Nothing()
        : new Outcome.Bytes(JSON, published.json(), null);
  }

  Outcome metainfo(ApiRequest request) throws RequestFault {
    return catalogue
        .metainfo(request.contentId("contentId"), version(request.variable("contentVersion")))
        .<Outcome>map(bytes -> new Outcome.Bytes("application/x-bittorrent", bytes, null))
        .orElseGet(() -> Fault.NOT_FOUND.because("contentVersion: not the one that is ready now"));
  }

  private static int version(String text) throws RequestFault {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw RequestFault.at("contentVersion", "must be a whole number");
    }
  }

  private static Outcome notRegistered() {
    return Fault.NOT_FOUND.because("id: this node is not registered");
  }
}
