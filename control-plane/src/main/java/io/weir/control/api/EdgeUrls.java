package io.weir.control.api;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.node.Node;
import io.weir.protocol.metainfo.PercentEncoding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where edges answer for a content; pure. */
final class EdgeUrls {
  private EdgeUrls() {}

  /**
   * The content's first file on each node. None where it is not known yet which file of several
   * comes first.
   */
  static List<String> firstFiles(Content content, List<Node> nodes) {
    TorrentFacts torrent = content.torrent();
    if (torrent == null && content.source().origin().isBase()) {
      return List.of();
    }
    List<String> below = torrent == null ? List.of() : torrent.firstFile();
    String path =
        Stream.concat(Stream.of(content.source().name().value()), below.stream())
            .map(PercentEncoding::encode)
            .collect(Collectors.joining("/"));
    return onEach(nodes, content, path);
  }

  /**
   * Web seeds of a torrent (BEP 19): the file itself or, for a torrent of several, what its name
   * and a file's path are appended to.
   */
  static List<String> webSeeds(Content content, TorrentFacts torrent, List<Node> nodes) {
    return onEach(
        nodes, content, torrent.multiFile() ? "" : content.source().name().toPathSegment());
  }

  private static List<String> onEach(List<Node> nodes, Content content, String path) {
    return nodes.stream()
        .map(node -> node.endpoints().http() + "/c/" + content.id() + "/" + path)
        .toList();
  }

  /** One tier of trackers for each node (BEP 12): UDP, and HTTP where UDP is blocked. */
  static List<List<String>> announceTiers(List<Node> nodes) {
    return nodes.stream()
        .map(Node::endpoints)
        .map(edge -> List.of(edge.udpTracker(), edge.http() + "/announce"))
        .toList();
  }
}
