package io.weir.control.api;

import io.weir.control.catalogue.Content;
import io.weir.control.node.Node;
import java.util.List;

/** Where edges answer for a content; pure. */
final class EdgeUrls {
  private EdgeUrls() {}

  /** The content's file on each node: what browsers open, and web seeds of the torrent (BEP 19). */
  static List<String> files(Content content, List<Node> nodes) {
    String path = "/c/" + content.id() + "/" + content.name().toPathSegment();
    return nodes.stream().map(node -> node.endpoints().http() + path).toList();
  }

  /** One tier of trackers for each node (BEP 12): UDP, and HTTP where UDP is blocked. */
  static List<List<String>> announceTiers(List<Node> nodes) {
    return nodes.stream()
        .map(Node::endpoints)
        .map(edge -> List.of(edge.udpTracker(), edge.http() + "/announce"))
        .toList();
  }
}
