package io.weir.protocol.control;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything a node has to know, whole, as one versioned snapshot: the answer to {@code GET
 * /v1/nodes/{id}/assignment}. A node that loses the control plane lives on its last one.
 *
 * @param version grows with every change; a node asks for one other than the version it has
 * @param contents every registered content that is ingesting or ready
 * @param nodes every registered node, this one included
 */
public record Assignment(long version, List<AssignedContent> contents, List<NodeEndpoints> nodes) {
  /** Requires both lists and copies them. */
  public Assignment {
    contents = List.copyOf(Objects.requireNonNull(contents, "contents"));
    nodes = List.copyOf(Objects.requireNonNull(nodes, "nodes"));
  }

  /**
   * One registered content. Any edge answers for it; its replicas hold all of it.
   *
   * @param contentId {@code [a-z0-9][a-z0-9._-]{0,62}}
   * @param contentVersion counts the versions of the origin object, from 1; bytes of two versions
   *     never mix
   * @param ready false while it is being ingested: HTTP answers 503 then
   * @param infoHash v1, 40 lower-case hex digits, null until ready or for v2 only
   * @param infoHashV2 64 lower-case hex digits, null until ready or for v1 only
   * @param replicas ids of the nodes that hold it, most preferred first
   * @param originAdapter base URL of the adapter that fills it
   */
  public record AssignedContent(
      String contentId,
      int contentVersion,
      boolean ready,
      @Nullable String infoHash,
      @Nullable String infoHashV2,
      List<String> replicas,
      String originAdapter) {
    private static final Pattern HEX_40 = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern HEX_64 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Validates and copies.
     *
     * @throws IllegalArgumentException naming the field that is out of bounds
     */
    public AssignedContent {
      RegisteredName.require("contentId", contentId);
      if (contentVersion < 1) {
        throw new IllegalArgumentException("contentVersion is not 1 or more");
      }
      if (infoHash != null && !HEX_40.matcher(infoHash).matches()) {
        throw new IllegalArgumentException("infoHash is not 40 lower-case hex digits");
      }
      if (infoHashV2 != null && !HEX_64.matcher(infoHashV2).matches()) {
        throw new IllegalArgumentException("infoHashV2 is not 64 lower-case hex digits");
      }
      replicas = List.copyOf(Objects.requireNonNull(replicas, "replicas"));
      Objects.requireNonNull(originAdapter, "originAdapter");
    }
  }
}
