package io.weir.protocol.control;

import java.util.List;
import java.util.Objects;

/**
 * Body of {@code POST /v1/nodes/{id}/heartbeat}.
 *
 * @param assignmentVersion the assignment that the node has applied
 * @param storedBytes bytes of pieces in its store, 0 or more
 * @param holdings what it holds of each content that it is assigned
 */
public record Heartbeat(long assignmentVersion, long storedBytes, List<Holding> holdings) {
  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException naming the field that is out of bounds
   */
  public Heartbeat {
    if (storedBytes < 0) {
      throw new IllegalArgumentException("storedBytes is negative");
    }
    holdings = List.copyOf(Objects.requireNonNull(holdings, "holdings"));
  }

  /**
   * How much of one version a node holds, verified and stored.
   *
   * @param contentId the content
   * @param contentVersion its version
   * @param piecesHeld 0 to {@code pieces}
   * @param pieces pieces in all
   */
  public record Holding(String contentId, int contentVersion, int piecesHeld, int pieces) {
    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the field that is out of bounds
     */
    public Holding {
      RegisteredName.require("contentId", contentId);
      if (contentVersion < 1) {
        throw new IllegalArgumentException("contentVersion is not 1 or more");
      }
      if (piecesHeld < 0 || piecesHeld > pieces) {
        throw new IllegalArgumentException("piecesHeld is not within 0 to pieces");
      }
    }
  }
}
