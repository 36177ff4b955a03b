package io.weir.edge.http;

import io.weir.edge.swarm.CatalogueSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What raw paths were found to mean under one snapshot of the catalogue, so that the paths that are
 * asked for over and over are decoded and looked up once. All of it is forgotten when the snapshot
 * changes, and when clients have asked for more than {@link #MAX_PATHS}. Any thread.
 */
final class KnownPaths<T> {
  /** Paths kept at once. */
  static final int MAX_PATHS = 4096;

  /** Longer paths are looked up each time. */
  static final int MAX_PATH_CHARS = 512;

  private record Known<T>(CatalogueSnapshot snapshot, Map<String, T> byPath) {
    /** The very snapshot: to compare two by value would walk every content for every request. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(CatalogueSnapshot other) {
      return snapshot == other;
    }
  }

  private volatile Known<T> known = new Known<>(CatalogueSnapshot.empty(), Map.of());

  /** What the path means under this snapshot, null where that is not known. */
  @Nullable T find(CatalogueSnapshot snapshot, String rawPath) {
    Known<T> now = known;
    return now.isOf(snapshot) ? now.byPath().get(rawPath) : null;
  }

  /** Keeps what the path means under this snapshot. */
  void add(CatalogueSnapshot snapshot, String rawPath, T meaning) {
    if (rawPath.length() > MAX_PATH_CHARS) {
      return;
    }
    Known<T> now = known;
    if (!now.isOf(snapshot) || now.byPath().size() >= MAX_PATHS) {
      now = new Known<>(snapshot, new ConcurrentHashMap<>());
      known = now;
    }
    now.byPath().put(rawPath, meaning);
  }
}
