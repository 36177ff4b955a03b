package io.weir.edge.control;

import io.weir.edge.cache.PieceCache;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.CatalogueSnapshot;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an assignment what this node lives by: metainfo first, then the assignment on disk, then
 * the catalogue, whole. One thread at a time applies; any may ask what is applied.
 */
final class AssignmentApplier {
  private static final Logger log = LoggerFactory.getLogger(AssignmentApplier.class);

  private final AssignmentFiles files;
  private final MetainfoShelf shelf;
  private final PieceCache cache;
  private final Catalogue catalogue;
  private final String nodeId;
  private @Nullable NodeEndpoints self;
  private @Nullable Assignment current;
  private volatile @Nullable Applied applied;

  /**
   * @param cache numbers the versions
   */
  AssignmentApplier(
      String nodeId,
      AssignmentFiles files,
      MetainfoShelf shelf,
      PieceCache cache,
      Catalogue catalogue) {
    this.nodeId = nodeId;
    this.files = files;
    this.shelf = shelf;
    this.cache = cache;
    this.catalogue = catalogue;
  }

  /** What is applied, null before the first. */
  @Nullable Applied applied() {
    return applied;
  }

  /** Applies what the disk remembers, without asking anyone. */
  void restore() {
    Assignment saved = files.assignment();
    if (saved != null) {
      swap(saved);
    }
  }

  /** From now on this node is named where it is bound now, whatever an assignment remembers. */
  void onBound(NodeEndpoints self) {
    this.self = self;
    if (current != null && !current.nodes().contains(self)) {
      swap(withSelf(current));
    }
  }

  /** Applies a new assignment, or again the last one where metainfo was missing. */
  void apply(Assignment assignment) throws IOException, InterruptedException {
    Assignment next = withSelf(assignment);
    for (AssignedContent content : next.contents()) {
      if (content.ready()) {
        shelf.fetch(content);
      }
    }
    try {
      files.save(next);
    } catch (IOException e) {
      // A full disk must not keep a purge from applying, nor pass for a lost control plane.
      swap(next);
      throw new UncheckedIOException("assignment applied but not saved", e);
    }
    swap(next);
    shelf.keepOnly(next.contents().stream().map(ContentVersion::of).collect(Collectors.toSet()));
  }

  private void swap(Assignment assignment) {
    CatalogueSnapshot snapshot =
        CatalogueSnapshot.of(
            nodeId,
            assignment,
            shelf::find,
            (content, infoHash) ->
                cache.ordinalOf(content.contentId(), content.contentVersion(), infoHash),
            content -> cache.ordinalsOf(content.contentId(), content.contentVersion()));
    catalogue.replace(snapshot);
    current = assignment;
    int ready = snapshot.contents().size();
    long assigned = assignment.contents().stream().filter(AssignedContent::ready).count();
    applied = new Applied(assignment.version(), snapshot.contents(), ready == assigned);
    log.info(
        "assignment applied version={} contents={} ready={} metainfoMissing={}",
        assignment.version(),
        assignment.contents().size(),
        ready,
        assigned - ready);
  }

  /** The assignment with this node as it is bound now, once it is. */
  private Assignment withSelf(Assignment assignment) {
    NodeEndpoints bound = self;
    if (bound == null) {
      return assignment;
    }
    List<NodeEndpoints> nodes =
        Stream.concat(
                Stream.of(bound),
                assignment.nodes().stream().filter(node -> !node.id().equals(nodeId)))
            .toList();
    return new Assignment(assignment.version(), assignment.contents(), nodes);
  }
}
