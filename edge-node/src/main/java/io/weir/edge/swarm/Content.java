package io.weir.edge.swarm;

import io.weir.edge.cache.CachedContent;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.Metainfo;
import java.util.List;

/**
 * A ready content that this edge serves.
 *
 * @param cached how to ask the cache for its pieces
 * @param edges the edges to name in trackers' answers and torrents: its replicas first, most
 *     preferred first, then the others
 * @param assigned whether this edge is one of its replicas, and so fills all of it
 */
public record Content(CachedContent cached, List<NodeEndpoints> edges, boolean assigned) {
  /** Copies. */
  public Content {
    edges = List.copyOf(edges);
  }

  /** Its id. */
  public String id() {
    return cached.contentId();
  }

  /** Geometry and hashes. */
  public Metainfo metainfo() {
    return cached.metainfo();
  }
}
