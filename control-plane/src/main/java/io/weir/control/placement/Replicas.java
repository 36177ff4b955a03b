package io.weir.control.placement;

import io.weir.control.node.Node;
import io.weir.control.placement.Rendezvous.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rule that gives each content its replicas: the first nodes of the weighted rendezvous
 * ranking, weighted by store capacity.
 *
 * @param count nodes that each content is assigned to, 1 or more; fewer where fewer are registered
 */
public record Replicas(int count) {
  /** Checks the count. */
  public Replicas {
    if (count < 1) {
      throw new IllegalArgumentException("replicas must be 1 or more, not " + count);
    }
  }

  /** The content's replicas among these nodes, most preferred first. */
  public List<Node> of(String contentId, List<Node> nodes) {
    List<Node> ranking = ranking(contentId, nodes);
    return ranking.subList(0, Math.min(count, ranking.size()));
  }

  /** All nodes, most preferred first: the replicas, then those that stand next in line. */
  public List<Node> ranking(String contentId, List<Node> nodes) {
    Map<String, Node> byId =
        nodes.stream().collect(Collectors.toMap(Node::id, Function.identity()));
    List<Candidate> candidates =
        nodes.stream().map(node -> new Candidate(node.id(), node.storeCapacityBytes())).toList();
    return Rendezvous.rank(contentId, candidates).stream()
        .map(byId::get)
        .map(Objects::requireNonNull)
        .toList();
  }
}
