package io.weir.edge.store;

import io.weir.edge.piece.Parts;
import io.weir.protocol.metainfo.InfoHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds and where, in memory: sixteen bytes a piece and four a part. Decides which
 * files go when the byte cap asks for room; does no I/O and reads no clock, so equal histories
 * evict equally.
 *
 * <p><b>Whole files go</b>, the one whose pieces were left alone for longest first. A file with
 * pieces of a protected version goes after all others, and for the sake of a background put never;
 * unless most of it counts for nobody any more, when it goes before all others: what is left in it
 * is cheaper to fill again than to carry. Recency is counted, not timed, and starts afresh at each
 * open in the order of the files' numbers.
 *
 * <p><b>Warm</b> is a piece that was read or written so lately that the kernel can be taken to have
 * it in its page cache: fewer bytes of the store were since than that cache has room for.
 *
 * <p>Thread-safe; its monitor is never held during I/O. Whoever changes what is on disk serialises
 * its changes, so that a plan holds until it is carried out.
 */
final class HaveMap {
  /** What storing a piece would take. */
  sealed interface PutPlan {
    /** It is stored already. */
    record Held() implements PutPlan {}

    /** There is no such version. */
    record Forgotten() implements PutPlan {}

    /** There is no room, and none to be made. */
    record Full() implements PutPlan {}

    /** These segments go first. */
    record Go(HeldVersion version, List<Integer> victims) implements PutPlan {}
  }

  /** A part of a piece that is held, as it is on disk. */
  record HeldPart(Placed placed, int checksum) {}

  /** A piece of a version. */
  record PieceName(long ordinal, int piece) {}

  private record VersionName(String contentId, int contentVersion) {}

  private static final int CLOCK_SHIFT = 20;

  private final long capacityBytes;
  private final int warmClocks;
  private final Map<Long, HeldVersion> versions = new HashMap<>();
  private final Map<VersionName, Map<InfoHash, Long>> ordinals = new HashMap<>();
  private final TreeMap<Integer, Segment> segments = new TreeMap<>();
  private Set<Long> protectedOrdinals = Set.of();
  private long nextOrdinal = 1;
  private long uses;
  private long touchedBytes;
  private long fileBytes;
  private long storedBytes;

  /**
   * An empty one.
   *
   * @param capacityBytes cap of all files together
   * @param pageCacheBytes what the kernel can be taken to keep of them in memory
   */
  HaveMap(long capacityBytes, long pageCacheBytes) {
    this.capacityBytes = capacityBytes;
    // One less, for a piece may have been touched early in the clock's first step.
    this.warmClocks = (int) Math.min(Integer.MAX_VALUE, (pageCacheBytes >> CLOCK_SHIFT) - 1);
  }

  /** Takes over a version that was found on disk. */
  synchronized void load(HeldVersion version) {
    versions.put(version.ordinal(), version);
    byInfoHash(version.contentId(), version.contentVersion())
        .put(version.infoHash(), version.ordinal());
    startAfter(version.ordinal());
  }

  /** Gives out only ordinals after this one. */
  synchronized void startAfter(long ordinal) {
    nextOrdinal = Math.max(nextOrdinal, ordinal + 1);
  }

  synchronized boolean knows(long ordinal) {
    return versions.containsKey(ordinal);
  }

  synchronized long ordinalOf(String contentId, int contentVersion, InfoHash infoHash) {
    Long known = byInfoHash(contentId, contentVersion).get(infoHash);
    if (known != null) {
      return known;
    }
    long ordinal = nextOrdinal;
    load(new HeldVersion(ordinal, contentId, contentVersion, infoHash));
    return ordinal;
  }

  synchronized Set<Long> ordinalsOf(String contentId, int contentVersion) {
    return Set.copyOf(
        ordinals.getOrDefault(new VersionName(contentId, contentVersion), Map.of()).values());
  }

  private Map<InfoHash, Long> byInfoHash(String contentId, int contentVersion) {
    return ordinals.computeIfAbsent(
        new VersionName(contentId, contentVersion), name -> new HashMap<>());
  }

  synchronized @Nullable HeldVersion version(long ordinal) {
    return versions.get(ordinal);
  }

  synchronized List<HeldVersion> allBut(Set<Long> kept) {
    return versions.values().stream().filter(v -> !kept.contains(v.ordinal())).toList();
  }

  synchronized BitSet have(long ordinal) {
    HeldVersion version = versions.get(ordinal);
    return version == null ? new BitSet() : version.pieces();
  }

  synchronized boolean has(long ordinal, int piece) {
    HeldVersion version = versions.get(ordinal);
    return version != null && version.has(piece);
  }

  /** A part of a piece, null when it is not held; counts as a use where it is one. */
  synchronized @Nullable HeldPart part(long ordinal, int piece, int part, boolean isUse) {
    HeldVersion version = versions.get(ordinal);
    Placed placed = version == null ? null : version.placed(piece);
    if (version == null || placed == null) {
      return null;
    }
    Objects.checkIndex(part, Parts.count(placed.lengthBytes()));
    if (isUse) {
      use(version, piece, placed.segment());
    }
    return new HeldPart(placed, version.checksum(piece, part));
  }

  private void use(HeldVersion version, int piece, int segment) {
    segment(segment).usedAt(++uses);
    version.touchedAt(piece, clock());
  }

  private int clock() {
    return (int) (touchedBytes >> CLOCK_SHIFT);
  }

  /** A part of a piece was read and is as it was written; of no effect if it moved meanwhile. */
  synchronized void checked(long ordinal, int piece, Placed placed, int part) {
    HeldVersion version = versions.get(ordinal);
    if (version != null && placed.equals(version.placed(piece))) {
      version.checked(piece, part, part + 1);
      touchedBytes += Parts.lengthBytes(part, placed.lengthBytes());
    }
  }

  /**
   * The longest run of bytes from an offset in a piece on that lies in one file as it does in the
   * content, checked and warm; null where there is none. Counts as a use of what it covers.
   */
  synchronized @Nullable Placed run(long ordinal, int piece, int offsetBytes, int maxBytes) {
    HeldVersion version = versions.get(ordinal);
    Placed first = version == null ? null : version.placed(piece);
    if (version == null || first == null) {
      return null;
    }
    int runBytes = 0;
    int next = piece;
    Placed placed = first;
    while (placed != null
        && runBytes < maxBytes
        && (next == piece || follows(placed, first, offsetBytes + runBytes))) {
      int from = next == piece ? offsetBytes : 0;
      int bytes = Math.min(placed.lengthBytes() - from, maxBytes - runBytes);
      if (!isReady(version, next, from, bytes)) {
        break;
      }
      use(version, next, placed.segment());
      runBytes += bytes;
      placed = version.placed(++next);
    }
    touchedBytes += runBytes;
    return runBytes == 0
        ? null
        : new Placed(first.segment(), first.offsetBytes() + offsetBytes, runBytes);
  }

  private static boolean follows(Placed placed, Placed first, int bytes) {
    return placed.segment() == first.segment()
        && placed.offsetBytes() == first.offsetBytes() + bytes;
  }

  private boolean isReady(HeldVersion version, int piece, int offsetBytes, int bytes) {
    return clock() - version.touched(piece) <= warmClocks
        && version.isChecked(piece, Parts.at(offsetBytes), Parts.at(offsetBytes + bytes - 1) + 1);
  }

  synchronized void protect(Set<Long> replicas) {
    protectedOrdinals = new HashSet<>(replicas);
  }

  /** Bytes of pieces. */
  synchronized long storedBytes() {
    return storedBytes;
  }

  /** Bytes of a version's pieces. */
  synchronized long storedBytes(long ordinal) {
    HeldVersion version = versions.get(ordinal);
    return version == null ? 0 : version.storedBytes();
  }

  /** Files of pieces. */
  synchronized int segments() {
    return segments.size();
  }

  /** Takes note of a file of pieces. */
  synchronized void found(int number, long bytes, boolean isOpen) {
    Segment segment = new Segment(number, bytes);
    segment.open(isOpen);
    segments.put(number, segment);
    fileBytes += bytes;
  }

  /** A file has another length now. */
  synchronized void resized(int number, long bytes) {
    Segment segment = segment(number);
    fileBytes += bytes - segment.fileBytes();
    segment.resize(bytes);
  }

  /** Nothing is appended to a file any more. */
  synchronized void sealed(int number) {
    segment(number).open(false);
  }

  private Segment segment(int number) {
    Segment segment = segments.get(number);
    if (segment == null) {
      throw new IllegalStateException("no segment " + number);
    }
    return segment;
  }

  synchronized PutPlan planPut(
      long ordinal, int piece, int lengthBytes, PieceStore.Eviction eviction) {
    HeldVersion version = versions.get(ordinal);
    if (version == null) {
      return new PutPlan.Forgotten();
    }
    if (version.has(piece)) {
      return new PutPlan.Held();
    }
    List<Integer> victims = victimsFor(lengthBytes, eviction);
    return victims == null ? new PutPlan.Full() : new PutPlan.Go(version, victims);
  }

  private @Nullable List<Integer> victimsFor(int lengthBytes, PieceStore.Eviction eviction) {
    long missingBytes = fileBytes + lengthBytes - capacityBytes;
    if (missingBytes <= 0) {
      return List.of();
    }
    List<Segment> candidates =
        segments.values().stream()
            .filter(segment -> !segment.isOpen())
            .filter(s -> eviction == PieceStore.Eviction.ANY || !isProtected(s))
            .sorted(
                Comparator.comparing(Segment::isMostlyDead)
                    .reversed()
                    .thenComparing(this::isProtected)
                    .thenComparingLong(Segment::lastUse)
                    .thenComparingInt(Segment::number))
            .toList();
    List<Integer> victims = new ArrayList<>();
    for (Segment candidate : candidates) {
      victims.add(candidate.number());
      missingBytes -= candidate.fileBytes();
      if (missingBytes <= 0) {
        return victims;
      }
    }
    return null;
  }

  private boolean isProtected(Segment segment) {
    return !segment.isMostlyDead()
        && segment.versions().stream().anyMatch(protectedOrdinals::contains);
  }

  /** Holds a piece; one that was written just now is checked and warm. */
  synchronized void add(long ordinal, int piece, HaveRow row, boolean isWritten) {
    HeldVersion version = versions.get(ordinal);
    Placed placed = row.placed();
    Segment segment = segment(placed.segment());
    if (version != null && !version.has(piece)) {
      version.add(piece, row);
      segment.add(ordinal, placed.lengthBytes());
      storedBytes += placed.lengthBytes();
      if (isWritten) {
        touchedBytes += placed.lengthBytes();
        use(version, piece, placed.segment());
        version.checked(piece, 0, Parts.count(placed.lengthBytes()));
      }
    }
  }

  /** Holds a piece no longer. */
  synchronized void remove(long ordinal, int piece) {
    HeldVersion version = versions.get(ordinal);
    Placed placed = version == null ? null : version.placed(piece);
    if (version != null && placed != null) {
      version.remove(piece);
      segment(placed.segment()).remove(ordinal, placed.lengthBytes());
      storedBytes -= placed.lengthBytes();
    }
  }

  /** The pieces that lie in a file. */
  synchronized List<PieceName> piecesIn(int number) {
    List<PieceName> pieces = new ArrayList<>();
    for (long ordinal : segment(number).versions()) {
      HeldVersion version = versions.get(ordinal);
      for (int piece = 0; version != null && piece < version.end(); piece++) {
        if (version.has(piece) && version.segmentOf(piece) == number) {
          pieces.add(new PieceName(ordinal, piece));
        }
      }
    }
    return pieces;
  }

  /** A file is gone, and every piece that lay in it. */
  synchronized void removeSegment(int number) {
    piecesIn(number).forEach(name -> remove(name.ordinal(), name.piece()));
    Segment segment = segments.remove(number);
    fileBytes -= segment == null ? 0 : segment.fileBytes();
  }

  /** Whether nothing that lies in a file counts. */
  synchronized boolean isEmpty(int number) {
    return segment(number).isEmpty();
  }

  /** Files that nothing counts in, or will. */
  synchronized List<Integer> dead() {
    return segments.values().stream().filter(Segment::isDead).map(Segment::number).toList();
  }

  synchronized void forget(long ordinal) {
    HeldVersion version = versions.get(ordinal);
    if (version == null) {
      return;
    }
    version.pieces().stream().forEach(piece -> remove(ordinal, piece));
    versions.remove(ordinal);
    VersionName name = new VersionName(version.contentId(), version.contentVersion());
    Map<InfoHash, Long> byInfoHash = byInfoHash(name.contentId(), name.contentVersion());
    byInfoHash.remove(version.infoHash(), ordinal);
    if (byInfoHash.isEmpty()) {
      ordinals.remove(name);
    }
  }
}
