package io.weir.loadtest.crowd.peer;

import io.weir.protocol.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What one peer is to do.
 *
 * @param metainfo the torrent
 * @param announceUrls its trackers, udp and http
 * @param edges peer endpoints of the edges, resolved: bytes from them are counted apart
 * @param host address to listen on
 * @param file where its copy goes, the files of the torrent in one
 * @param seed whether {@code file} is already whole and right; otherwise it is made anew
 * @param randomSeed of its peer id and its choices
 */
public record PeerPlan(
    Metainfo metainfo,
    List<String> announceUrls,
    Set<InetSocketAddress> edges,
    String host,
    Path file,
    boolean seed,
    long randomSeed) {
  /** Copies the collections. */
  public PeerPlan {
    announceUrls = List.copyOf(announceUrls);
    edges = Set.copyOf(edges);
  }
}
