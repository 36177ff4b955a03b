package io.weir.edge.http;

import io.weir.edge.swarm.Content;
import io.weir.protocol.control.NodeEndpoints;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a torrent says of where its swarm is: trackers (BEP 12) and web seeds (BEP 19), those of the
 * edge that is asked first. Pure.
 *
 * @param announceTiers one tier an edge, UDP before HTTP
 * @param webSeeds one URL an edge
 */
record SwarmAddresses(List<List<String>> announceTiers, List<String> webSeeds) {
  /** Edges named in one torrent, so that its size does not grow with the fleet. */
  static final int MAX_EDGES = 8;

  static SwarmAddresses of(Content content, NodeEndpoints self) {
    List<NodeEndpoints> edges =
        Stream.concat(
                Stream.of(self),
                content.edges().stream().filter(edge -> !edge.id().equals(self.id())))
            .limit(MAX_EDGES)
            .toList();
    String path = "/c/" + content.id() + '/' + seedPath(content);
    return new SwarmAddresses(
        edges.stream().map(edge -> List.of(edge.udpTracker(), edge.http() + "/announce")).toList(),
        edges.stream().map(edge -> edge.http() + path).toList());
  }

  /** The file itself, or for several files nothing, since clients append name and path. */
  private static String seedPath(Content content) {
    return content.metainfo().multiFile() ? "" : UrlPath.encodeSegment(content.metainfo().name());
  }
}
