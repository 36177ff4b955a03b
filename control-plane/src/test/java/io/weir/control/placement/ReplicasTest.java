package io.weir.control.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.control.node.Node;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicasTest {
  private static final List<Node> NODES = List.of(node("a"), node("b"), node("c"));

  @Test
  void replicasAreTheFirstOfTheRanking() {
    List<Node> ranking = new Replicas(2).ranking("film", NODES);
    assertEquals(3, ranking.size());
    assertEquals(ranking.subList(0, 2), new Replicas(2).of("film", NODES));
  }

  @Test
  void fewerNodesThanReplicasAreAllReplicas() {
    assertEquals(3, new Replicas(9).of("film", NODES).size());
    assertEquals(List.of(), new Replicas(2).of("film", List.of()));
  }

  @Test
  void noReplicasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Replicas(0));
  }

  private static Node node(String id) {
    NodeEndpoints endpoints =
        new NodeEndpoints(
            id, "http://10.0.0.1:80", "10.0.0.1:6881", "udp://10.0.0.1:6969", "http://10.0.0.1:81");
    return new Node(new NodeRegistration(endpoints, 1L << 40, "test"), Instant.EPOCH);
  }
}
