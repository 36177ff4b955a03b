package io.weir.origin.spool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who occupies how much of the spool, and who leaves when it is full: pieces of released contents
 * first, then those of the content that came first. A content never evicts its own pieces, which
 * are wanted as much as the new one, nor any while they are being written. Pure bookkeeping, no
 * I/O; confined to whoever holds the spool's lock.
 */
final class SpoolLedger {
  private enum Status {
    WRITING,
    TRUSTED,
    UNPROVEN
  }

  private record Entry(long bytes, Status status) {}

  private static final class Shelf {
    final Map<PieceKey, Entry> entries = new LinkedHashMap<>();
    boolean released;
  }

  private final long capacityBytes;
  private final Map<ContentKey, Shelf> shelves = new LinkedHashMap<>();
  private long usedBytes;

  SpoolLedger(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  long usedBytes() {
    return usedBytes;
  }

  /** Gives a content its place in the order of eviction. */
  void open(ContentKey content) {
    shelves.computeIfAbsent(content, unused -> new Shelf());
  }

  /**
   * Reserves room for a piece that is about to be written.
   *
   * @return the pieces that have to leave for it, already taken off the books; null where it does
   *     not fit or is there already
   */
  @Nullable List<PieceKey> reserve(PieceKey piece, long bytes) {
    Shelf shelf = shelves.get(piece.content());
    if (shelf == null || shelf.entries.containsKey(piece)) {
      return null;
    }
    List<PieceKey> evicted = victims(piece.content(), usedBytes + bytes - capacityBytes);
    if (evicted == null) {
      return null;
    }
    evicted.forEach(this::remove);
    put(shelf, piece, new Entry(bytes, Status.WRITING));
    return evicted;
  }

  /** A reserved piece is on disk now. */
  void onWritten(PieceKey piece) {
    Shelf shelf = shelves.get(piece.content());
    if (shelf != null) {
      shelf.entries.computeIfPresent(piece, (key, e) -> new Entry(e.bytes(), Status.TRUSTED));
    }
  }

  /** A piece was found on disk at the start; over capacity until others need the room. */
  void onFound(PieceKey piece, long bytes) {
    open(piece.content());
    put(shelves.get(piece.content()), piece, new Entry(bytes, Status.UNPROVEN));
  }

  /** An unproven piece matched its hash. */
  void onProven(PieceKey piece) {
    onWritten(piece);
  }

  /** Takes a piece off the books; how many bytes that frees. */
  long remove(PieceKey piece) {
    Shelf shelf = shelves.get(piece.content());
    Entry entry = shelf == null ? null : shelf.entries.remove(piece);
    long freed = entry == null ? 0 : entry.bytes();
    usedBytes -= freed;
    return freed;
  }

  /** Makes a content's pieces the first to leave. */
  void release(ContentKey content) {
    Shelf shelf = shelves.get(content);
    if (shelf != null) {
      shelf.released = true;
    }
  }

  /** Takes a content off the books whole. */
  void drop(ContentKey content) {
    Shelf shelf = shelves.remove(content);
    if (shelf != null) {
      usedBytes -= shelf.entries.values().stream().mapToLong(Entry::bytes).sum();
    }
  }

  /** Length of a piece that can be read, 0 if there is none. */
  long readableBytes(PieceKey piece) {
    Entry entry = entry(piece);
    return entry == null || entry.status() == Status.WRITING ? 0 : entry.bytes();
  }

  boolean isProven(PieceKey piece) {
    Entry entry = entry(piece);
    return entry != null && entry.status() == Status.TRUSTED;
  }

  List<ContentKey> contents() {
    return List.copyOf(shelves.keySet());
  }

  private @Nullable Entry entry(PieceKey piece) {
    Shelf shelf = shelves.get(piece.content());
    return shelf == null ? null : shelf.entries.get(piece);
  }

  private void put(@Nullable Shelf shelf, PieceKey piece, Entry entry) {
    if (shelf != null) {
      shelf.entries.put(piece, entry);
      usedBytes += entry.bytes();
    }
  }

  private @Nullable List<PieceKey> victims(ContentKey newcomer, long neededBytes) {
    List<PieceKey> victims = new ArrayList<>();
    long missing = neededBytes;
    for (Map.Entry<ContentKey, Shelf> shelf : evictionOrder()) {
      if (shelf.getKey().equals(newcomer)) {
        continue;
      }
      for (Map.Entry<PieceKey, Entry> entry : shelf.getValue().entries.entrySet()) {
        if (missing <= 0) {
          return victims;
        }
        if (entry.getValue().status() != Status.WRITING) {
          victims.add(entry.getKey());
          missing -= entry.getValue().bytes();
        }
      }
    }
    return missing <= 0 ? victims : null;
  }

  private List<Map.Entry<ContentKey, Shelf>> evictionOrder() {
    return shelves.entrySet().stream()
        .sorted(Comparator.comparing(shelf -> !shelf.getValue().released))
        .toList();
  }
}
