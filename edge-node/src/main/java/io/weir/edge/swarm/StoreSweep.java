package io.weir.edge.swarm;

import io.weir.edge.cache.PieceCache;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Follows the catalogue: drops the pieces of every version that it no longer names, also of those
 * that were retired while the process was down, and protects what this edge is assigned. Runs, and
 * blocks, on the thread that replaces the snapshot.
 */
public final class StoreSweep implements Consumer<CatalogueSnapshot> {
  private final PieceCache cache;

  /** Sweeps behind this cache. */
  public StoreSweep(PieceCache cache) {
    this.cache = cache;
  }

  @Override
  public void accept(CatalogueSnapshot snapshot) {
    cache.retain(
        snapshot.ordinals(),
        snapshot.contents().stream()
            .filter(Content::assigned)
            .map(content -> content.cached().ordinal())
            .collect(Collectors.toSet()));
  }
}
