package io.weir.control.ingest;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.Ingests;
import io.weir.control.db.Nodes;
import io.weir.control.node.HeartbeatBoard;
import io.weir.control.node.Node;
import io.weir.control.placement.Replicas;
import java.util.List;

/**
 * Decides when an adapter may give up spooled bytes: once every replica of the content says that it
 * holds every piece. Confined to the reconciler's thread.
 */
final class SpoolRelease {
  private final Ingests ingests;
  private final Nodes nodes;
  private final HeartbeatBoard heartbeats;
  private final Replicas replicas;

  SpoolRelease(Ingests ingests, Nodes nodes, HeartbeatBoard heartbeats, Replicas replicas) {
    this.ingests = ingests;
    this.nodes = nodes;
    this.heartbeats = heartbeats;
    this.replicas = replicas;
  }

  /** Releases all that may be. */
  void releaseAll() {
    List<Content> spooled = ingests.spooled();
    if (spooled.isEmpty()) {
      return;
    }
    List<Node> registered = nodes.all();
    spooled.stream()
        .filter(content -> isHeld(content, replicas.of(content.id().value(), registered)))
        .forEach(ingests::release);
  }

  private boolean isHeld(Content content, List<Node> holders) {
    TorrentFacts torrent = content.torrent();
    return torrent != null
        && !holders.isEmpty()
        && holders.stream()
            .allMatch(
                node ->
                    heartbeats.piecesHeld(node.id(), content.id().value(), content.version())
                        == torrent.pieces());
  }
}
