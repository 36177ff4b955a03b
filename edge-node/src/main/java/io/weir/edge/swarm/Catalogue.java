package io.weir.edge.swarm;

import io.weir.protocol.metainfo.InfoHash;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registered contents: one immutable snapshot, read from any thread without a lock, replaced whole
 * by the control link alone.
 */
public final class Catalogue {
  /** What a content id means here. */
  public sealed interface Lookup {
    /** It is served. */
    record Ready(Content content) implements Lookup {}

    /** Registered, its hashing goes on. */
    record Ingesting() implements Lookup {}

    /** Not registered. */
    record Unknown() implements Lookup {}

    /** No assignment has ever come, so that anything may be registered. */
    record Unassigned() implements Lookup {}
  }

  private final List<Consumer<CatalogueSnapshot>> followers;
  private volatile CatalogueSnapshot snapshot = CatalogueSnapshot.empty();

  /** Without followers. */
  public Catalogue() {
    this(List.of());
  }

  /**
   * With those who act on a change, in order, each called after the switch on the thread that
   * replaces.
   */
  public Catalogue(List<Consumer<CatalogueSnapshot>> followers) {
    this.followers = List.copyOf(followers);
  }

  /** What is registered now. */
  public CatalogueSnapshot snapshot() {
    return snapshot;
  }

  /**
   * Switches readers over at once, then tells the followers. For one thread only, and a blocking
   * one: a follower sweeps the disk.
   */
  public void replace(CatalogueSnapshot next) {
    snapshot = next;
    followers.forEach(follower -> follower.accept(next));
  }

  /** What this id means. */
  public Lookup byId(String contentId) {
    CatalogueSnapshot now = snapshot;
    Lookup unknown = now.isAssigned() ? new Lookup.Unknown() : new Lookup.Unassigned();
    return now.byId().getOrDefault(contentId, unknown);
  }

  /** By v1 hash or truncated v2 hash; null when not registered or not ready. */
  public @Nullable Content byInfoHash(InfoHash infoHash) {
    return snapshot.byInfoHash().get(infoHash);
  }

  /** Every content that is ready. */
  public List<Content> contents() {
    return snapshot.contents();
  }
}
