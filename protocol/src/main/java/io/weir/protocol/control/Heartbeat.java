package io.weir.protocol.control;

import java.util.List;

/**
 * Body of {@code POST /v1/nodes/{id}/heartbeat}.
 *
 * @param assignmentVersion the assignment that the node has applied
 * @param storedBytes bytes of pieces in its store
 * @param holdings what it holds of each content that it is assigned
 */
public record Heartbeat(long assignmentVersion, long storedBytes, List<Holding> holdings) {
  /**
   * How much of one version a node holds, verified and stored.
   *
   * @param contentId the content
   * @param contentVersion its version
   * @param piecesHeld 0 to {@code pieces}
   * @param pieces pieces in all
   */
  public record Holding(String contentId, int contentVersion, int piecesHeld, int pieces) {}
}
