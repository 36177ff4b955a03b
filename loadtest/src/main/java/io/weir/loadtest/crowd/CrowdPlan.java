package io.weir.loadtest.crowd;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a crowd is to download, and how.
 *
 * @param torrent the .torrent of a single file, with its trackers
 * @param httpUrls the same file by HTTP, one URL an edge; may be empty without HTTP clients
 * @param edgePeers peer endpoints of the edges, as trackers name them: what peers receive from
 *     these is counted apart
 * @param sha256Hex the right SHA-256 of the whole file, 64 lower-case hexadecimal digits
 * @param peers BitTorrent peers
 * @param httpClients HTTP range clients, each a thread
 * @param workDir folder for the peers' files, made if need be
 * @param host address that the peers listen on
 * @param seed of every random choice
 */
public record CrowdPlan(
    byte[] torrent,
    List<String> httpUrls,
    Set<InetSocketAddress> edgePeers,
    String sha256Hex,
    int peers,
    int httpClients,
    Path workDir,
    String host,
    long seed) {
  /** BitTorrent peers of one crowd, at most. */
  public static final int MAX_PEERS = 500;

  /** HTTP clients of one crowd, at most. */
  public static final int MAX_HTTP_CLIENTS = 500;

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if a number is out of bounds, or the clients have no URL
   */
  public CrowdPlan {
    httpUrls = List.copyOf(httpUrls);
    edgePeers = Set.copyOf(edgePeers);
    if (peers < 0 || peers > MAX_PEERS) {
      throw new IllegalArgumentException("peers: " + peers + ", not 0 to " + MAX_PEERS);
    }
    if (httpClients < 0 || httpClients > MAX_HTTP_CLIENTS) {
      throw new IllegalArgumentException(
          "httpClients: " + httpClients + ", not 0 to " + MAX_HTTP_CLIENTS);
    }
    if (peers + httpClients == 0) {
      throw new IllegalArgumentException("a crowd of nobody");
    }
    if (httpClients > 0 && httpUrls.isEmpty()) {
      throw new IllegalArgumentException("httpUrls: none for " + httpClients + " clients");
    }
  }
}
