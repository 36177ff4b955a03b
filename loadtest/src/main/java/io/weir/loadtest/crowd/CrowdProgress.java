package io.weir.loadtest.crowd;

import java.time.Duration;

/**
 * How far a crowd is, in bytes of content received, duplicates included.
 *
 * @param bytesWanted the file's length times the participants
 * @param bytesHttp received by HTTP clients
 * @param bytesFromEdges received by peers from edges
 * @param bytesFromPeers received by peers from peers
 * @param peersDone peers that have ended, right or not
 * @param peers all peers
 * @param clientsDone HTTP clients that have ended, right or not
 * @param httpClients all HTTP clients
 * @param elapsed since the start
 */
public record CrowdProgress(
    long bytesWanted,
    long bytesHttp,
    long bytesFromEdges,
    long bytesFromPeers,
    int peersDone,
    int peers,
    int clientsDone,
    int httpClients,
    Duration elapsed) {
  /** Bytes received by everyone. */
  public long bytesReceived() {
    return bytesHttp + bytesFromEdges + bytesFromPeers;
  }
}
