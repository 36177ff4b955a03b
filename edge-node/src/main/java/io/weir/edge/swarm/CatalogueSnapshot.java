package io.weir.edge.swarm;

import io.weir.edge.cache.CachedContent;
import io.weir.edge.swarm.Catalogue.Lookup;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import io.weir.protocol.metainfo.Metainfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One assignment as this edge serves it. Immutable.
 *
 * @param version the assignment's, 0 before there is one
 * @param byId what each registered content id means; of several ready versions the newest
 * @param byInfoHash every ready version, by v1 hash and by truncated v2 hash
 * @param contents every ready version, in the assignment's order
 * @param ordinals under which pieces may be stored: of a version whose metainfo is here the one of
 *     its info-hash, of any other that the assignment names whatever is stored of it
 */
public record CatalogueSnapshot(
    long version,
    Map<String, Lookup> byId,
    Map<InfoHash, Content> byInfoHash,
    List<Content> contents,
    Set<Long> ordinals) {
  /** Copies. */
  public CatalogueSnapshot {
    byId = Map.copyOf(byId);
    byInfoHash = Map.copyOf(byInfoHash);
    contents = List.copyOf(contents);
    ordinals = Set.copyOf(ordinals);
  }

  /** Before any assignment. */
  public static CatalogueSnapshot empty() {
    return new CatalogueSnapshot(0, Map.of(), Map.of(), List.of(), Set.of());
  }

  /** Whether it comes from an assignment, so that what it does not name is not registered. */
  public boolean isAssigned() {
    return version > 0;
  }

  /**
   * What an assignment means to one node. A content that is ready but whose metainfo is not here
   * yet is ingesting as far as this edge can tell. A version that is ingesting keeps what is stored
   * under its number whatever the info-hash, for nobody can ask for it: once the metainfo is here,
   * its pieces stay and those of another info-hash go.
   *
   * @param selfNodeId the node's name, which decides what it is assigned
   * @param metainfos the metainfo of a ready content, null where it is not here yet
   * @param ordinal the number that a version's pieces with this info-hash are stored under
   * @param stored the numbers that pieces of a version are stored under, whatever their info-hash
   */
  public static CatalogueSnapshot of(
      String selfNodeId,
      Assignment assignment,
      Function<AssignedContent, @Nullable Metainfo> metainfos,
      ToLongBiFunction<AssignedContent, InfoHash> ordinal,
      Function<AssignedContent, Set<Long>> stored) {
    Map<String, Lookup> byId = new HashMap<>();
    Map<InfoHash, Content> byInfoHash = new HashMap<>();
    List<Content> contents = new ArrayList<>();
    Set<Long> named = new HashSet<>();
    for (AssignedContent assigned : assignment.contents()) {
      Metainfo metainfo = assigned.ready() ? metainfos.apply(assigned) : null;
      if (metainfo == null) {
        byId.putIfAbsent(assigned.contentId(), new Lookup.Ingesting());
        named.addAll(stored.apply(assigned));
        continue;
      }
      long number = ordinal.applyAsLong(assigned, metainfo.swarmHash());
      named.add(number);
      Content content =
          new Content(
              new CachedContent(
                  assigned.contentId(),
                  assigned.contentVersion(),
                  number,
                  assigned.originAdapter(),
                  metainfo),
              replicasFirst(assigned.replicas(), assignment.nodes()),
              assigned.replicas().contains(selfNodeId));
      contents.add(content);
      byId.merge(content.id(), new Lookup.Ready(content), CatalogueSnapshot::newer);
      InfoHash v1 = metainfo.infoHash();
      if (v1 != null) {
        byInfoHash.put(v1, content);
      }
      InfoHashV2 v2 = metainfo.infoHashV2();
      if (v2 != null) {
        byInfoHash.put(v2.truncated(), content);
      }
    }
    return new CatalogueSnapshot(assignment.version(), byId, byInfoHash, contents, named);
  }

  private static Lookup newer(Lookup one, Lookup other) {
    if (one instanceof Lookup.Ready first
        && other instanceof Lookup.Ready second
        && first.content().cached().contentVersion() > second.content().cached().contentVersion()) {
      return one;
    }
    return other;
  }

  private static List<NodeEndpoints> replicasFirst(
      List<String> replicas, List<NodeEndpoints> nodes) {
    Map<String, NodeEndpoints> byNode =
        nodes.stream()
            .collect(Collectors.toMap(NodeEndpoints::id, Function.identity(), (a, b) -> a));
    List<NodeEndpoints> edges = new ArrayList<>();
    for (String replica : replicas) {
      NodeEndpoints node = byNode.remove(replica);
      if (node != null) {
        edges.add(node);
      }
    }
    nodes.stream().filter(node -> byNode.containsKey(node.id())).forEach(edges::add);
    return edges;
  }
}
