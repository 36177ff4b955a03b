package io.weir.control.assignment;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.Snapshots;
import io.weir.control.db.Snapshots.Snapshot;
import io.weir.control.node.Node;
import io.weir.control.placement.Replicas;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.Json;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The current assignment, built once for each version and shared: every node is sent the same
 * bytes. Any thread; building reads the database, so never on an I/O thread.
 */
public final class AssignmentFeed {
  private final Snapshots snapshots;
  private final Replicas replicas;
  private final AtomicBoolean stale = new AtomicBoolean(true);
  private volatile @Nullable Published published;

  /** A feed that builds at its first use. */
  public AssignmentFeed(Snapshots snapshots, Replicas replicas) {
    this.snapshots = snapshots;
    this.replicas = replicas;
  }

  /**
   * One version as it is sent.
   *
   * @param assignment the snapshot
   * @param contentVersions the current version of each content in it
   * @param json the same in UTF-8; shared, never written to
   */
  public record Published(
      Assignment assignment, Map<String, Integer> contentVersions, byte[] json) {
    /** The snapshot's version. */
    public long version() {
      return assignment.version();
    }

    /** Whether this is the content's version in the snapshot. */
    public boolean has(String contentId, int contentVersion) {
      return Integer.valueOf(contentVersion).equals(contentVersions.get(contentId));
    }
  }

  /** Says that the database holds a newer snapshot. Returns at once. */
  public void markStale() {
    stale.set(true);
  }

  /** The assignment as of now. */
  public Published current() {
    Published known = published;
    if (known != null && !stale.get()) {
      return known;
    }
    return refresh();
  }

  private synchronized Published refresh() {
    Published known = published;
    // Cleared before reading: a change that commits during the read marks it stale again.
    if (!stale.getAndSet(false) && known != null) {
      return known;
    }
    try {
      Published fresh = publish(snapshots.read());
      published = fresh;
      return fresh;
    } catch (RuntimeException e) {
      stale.set(true);
      throw e;
    }
  }

  private Published publish(Snapshot snapshot) {
    Assignment assignment =
        new Assignment(
            snapshot.version(),
            snapshot.contents().stream().map(c -> assigned(c, snapshot.nodes())).toList(),
            snapshot.nodes().stream().map(Node::endpoints).toList());
    try {
      return new Published(
          assignment,
          assignment.contents().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      AssignedContent::contentId, AssignedContent::contentVersion)),
          Json.MAPPER.writeValueAsBytes(assignment));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssignedContent assigned(Content content, List<Node> nodes) {
    String id = content.id().value();
    @Nullable TorrentFacts torrent = content.torrent();
    return new AssignedContent(
        id,
        content.version(),
        content.state() == ContentState.READY,
        torrent == null || torrent.infoHash() == null ? null : torrent.infoHash().toHex(),
        torrent == null || torrent.infoHashV2() == null ? null : torrent.infoHashV2().toHex(),
        replicas.of(id, nodes).stream().map(Node::id).toList(),
        content.adapter());
  }
}
