package io.weir.edge.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one file of pieces holds, counted. Under the {@link HaveMap}'s monitor.
 *
 * <p>Bytes are only ever appended; a piece that is dropped leaves its bytes behind, which count for
 * the file and for nobody.
 */
final class Segment {
  private final int number;
  private final Map<Long, Integer> liveBytes = new HashMap<>();
  private long fileBytes;
  private long live;
  private long lastUse;
  private boolean open;

  Segment(int number, long fileBytes) {
    this.number = number;
    this.fileBytes = fileBytes;
  }

  int number() {
    return number;
  }

  long fileBytes() {
    return fileBytes;
  }

  /** The ordinals of the versions that have pieces here. */
  Set<Long> versions() {
    return liveBytes.keySet();
  }

  long lastUse() {
    return lastUse;
  }

  void usedAt(long use) {
    lastUse = use;
  }

  /** Whether pieces may still be appended; then it is not given back. */
  boolean isOpen() {
    return open;
  }

  void open(boolean isOpen) {
    open = isOpen;
  }

  void resize(long bytes) {
    fileBytes = bytes;
  }

  void add(long ordinal, int lengthBytes) {
    liveBytes.merge(ordinal, lengthBytes, Integer::sum);
    live += lengthBytes;
  }

  void remove(long ordinal, int lengthBytes) {
    liveBytes.computeIfPresent(
        ordinal, (version, bytes) -> bytes > lengthBytes ? bytes - lengthBytes : null);
    live -= lengthBytes;
  }

  boolean isEmpty() {
    return live == 0;
  }

  /** Whether nothing in it counts, or will. */
  boolean isDead() {
    return isEmpty() && !open;
  }

  /** Whether most of it counts for nobody, so that keeping the rest costs more than it is worth. */
  boolean isMostlyDead() {
    return live < fileBytes / 2;
  }
}
