package io.weir.loadtest.crowd;

import java.util.List;

/**
 * How a crowd ended. Bytes are those of content, duplicates included, counted where they arrived
 * when the last participant had ended.
 *
 * @param participants the peers, then the HTTP clients
 * @param bytesHttp received by HTTP clients
 * @param bytesFromEdges received by peers from edges
 * @param bytesFromPeers received by peers from peers
 * @param bytesWasted of what peers received, blocks that came twice and pieces whose hash failed
 * @param corruptPieces pieces whose hash failed, each of which was then fetched again
 * @param seconds from the start to the last participant's end
 */
public record CrowdResult(
    List<ParticipantResult> participants,
    long bytesHttp,
    long bytesFromEdges,
    long bytesFromPeers,
    long bytesWasted,
    long corruptPieces,
    double seconds) {
  /** Copies the list. */
  public CrowdResult {
    participants = List.copyOf(participants);
  }

  /** Whether every copy is whole and right. */
  public boolean allRight() {
    return participants.stream().allMatch(ParticipantResult::sha256Ok);
  }
}
