package io.weir.control.api;

import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Heartbeat.Holding;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import io.weir.protocol.control.RegisteredName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and checks what nodes send of themselves. */
final class NodeBodies {
  /** Longest endpoint, in characters. */
  static final int MAX_ENDPOINT_LENGTH = 300;

  /** Longest software version, in characters. */
  static final int MAX_SOFTWARE_VERSION_LENGTH = 100;

  private NodeBodies() {}

  /** A registration of the node that the path names. */
  static NodeRegistration registration(ApiRequest request, String nodeId) throws RequestFault {
    NodeRegistration body = JsonBody.record(request, NodeRegistration.class);
    require(RegisteredName.isValid(nodeId), "id", "must match " + RegisteredName.GRAMMAR);
    NodeEndpoints endpoints = body.endpoints();
    require(endpoints != null, "endpoints", "is missing");
    require(nodeId.equals(endpoints.id()), "endpoints.id", "must be the path's, " + nodeId);
    requireUrl("endpoints.http", endpoints.http(), List.of("http", "https"));
    requireUrl("endpoints.admin", endpoints.admin(), List.of("http", "https"));
    requireUrl("endpoints.udpTracker", endpoints.udpTracker(), List.of("udp"));
    require(
        endpoints.peer() != null
            && endpoints.peer().length() <= MAX_ENDPOINT_LENGTH
            && isBase("peer://" + endpoints.peer(), List.of("peer")),
        "endpoints.peer",
        "must be host:port");
    require(body.storeCapacityBytes() > 0, "storeCapacityBytes", "must be above 0");
    String version = body.softwareVersion();
    require(version != null, "softwareVersion", "is missing");
    require(
        version.length() <= MAX_SOFTWARE_VERSION_LENGTH,
        "softwareVersion",
        "must have at most " + MAX_SOFTWARE_VERSION_LENGTH + " characters");
    return body;
  }

  /** A heartbeat. */
  static Heartbeat heartbeat(ApiRequest request) throws RequestFault {
    Heartbeat body = JsonBody.record(request, Heartbeat.class);
    require(body.storedBytes() >= 0, "storedBytes", "must not be below 0");
    require(body.holdings() != null, "holdings", "is missing");
    for (int i = 0; i < body.holdings().size(); i++) {
      Holding holding = body.holdings().get(i);
      require(
          holding != null
              && holding.contentId() != null
              && holding.piecesHeld() >= 0
              && holding.piecesHeld() <= holding.pieces(),
          "holdings[" + i + "]",
          "must name a content and hold from 0 to all of its pieces");
    }
    return body;
  }

  private static void requireUrl(String field, @Nullable String url, List<String> schemes)
      throws RequestFault {
    require(
        url != null && url.length() <= MAX_ENDPOINT_LENGTH && isBase(url, schemes),
        field,
        "must be " + schemes.get(0) + "://host:port without a path");
  }

  private static boolean isBase(String url, List<String> schemes) {
    try {
      URI uri = new URI(url);
      return schemes.contains(uri.getScheme())
          && uri.getHost() != null
          && uri.getPort() > 0
          && uri.getRawUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void require(boolean holds, String field, String fault) throws RequestFault {
    if (!holds) {
      throw RequestFault.at(field, fault);
    }
  }
}
