package io.weir.edge.store;

import io.weir.protocol.metainfo.InfoHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds, in memory: four bytes a piece. Decides who goes when the byte cap asks for
 * room; does no I/O and reads no clock, so equal histories evict equally.
 *
 * <p>The value of a piece is that of its version: protected before unprotected, then the one read
 * or written last before those left alone for longer. Within a version the last piece goes first,
 * since readers begin at the front. Recency is counted, not timed, and starts afresh at each open,
 * in order of ordinals.
 *
 * <p>Thread-safe; its monitor is never held during I/O. Whoever changes what is on disk serialises
 * its changes, so that a plan holds until it is carried out.
 */
final class HaveMap {
  /** A piece that is to go. */
  record Victim(long ordinal, int piece, int lengthBytes) {}

  /** What storing a piece would take. */
  sealed interface PutPlan {
    /** It is stored already. */
    record Held() implements PutPlan {}

    /** There is no such version. */
    record Forgotten() implements PutPlan {}

    /** There is no room, and none to be made. */
    record Full() implements PutPlan {}

    /** These go first. */
    record Go(HeldVersion version, List<Victim> victims) implements PutPlan {}
  }

  private record VersionName(String contentId, int contentVersion) {}

  private final long capacityBytes;
  private final Map<Long, HeldVersion> versions = new HashMap<>();
  private final Map<VersionName, Map<InfoHash, Long>> ordinals = new HashMap<>();
  private Set<Long> protectedOrdinals = Set.of();
  private long nextOrdinal = 1;
  private long uses;
  private long storedBytes;

  HaveMap(long capacityBytes) {
    this.capacityBytes = capacityBytes;
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
    return version != null && version.lengthOf(piece) > 0;
  }

  /** As {@link #has}, and counts as a use of the version. */
  synchronized boolean use(long ordinal, int piece) {
    HeldVersion version = versions.get(ordinal);
    if (version == null || version.lengthOf(piece) == 0) {
      return false;
    }
    version.usedAt(++uses);
    return true;
  }

  synchronized void protect(Collection<Long> replicas) {
    protectedOrdinals = new HashSet<>(replicas);
  }

  synchronized long storedBytes() {
    return storedBytes;
  }

  synchronized PutPlan planPut(
      long ordinal, int piece, int lengthBytes, PieceStore.Eviction eviction) {
    HeldVersion version = versions.get(ordinal);
    if (version == null) {
      return new PutPlan.Forgotten();
    }
    version.usedAt(++uses);
    if (version.lengthOf(piece) > 0) {
      return new PutPlan.Held();
    }
    List<Victim> victims = victimsFor(ordinal, lengthBytes, eviction);
    return victims == null ? new PutPlan.Full() : new PutPlan.Go(version, victims);
  }

  synchronized void add(long ordinal, int piece, int lengthBytes) {
    HeldVersion version = versions.get(ordinal);
    if (version != null) {
      storedBytes += version.set(piece, lengthBytes);
    }
  }

  synchronized void remove(long ordinal, int piece) {
    HeldVersion version = versions.get(ordinal);
    if (version != null) {
      storedBytes += version.set(piece, 0);
    }
  }

  synchronized void forget(long ordinal) {
    HeldVersion version = versions.remove(ordinal);
    if (version != null) {
      VersionName name = new VersionName(version.contentId(), version.contentVersion());
      Map<InfoHash, Long> byInfoHash = byInfoHash(name.contentId(), name.contentVersion());
      byInfoHash.remove(version.infoHash(), ordinal);
      if (byInfoHash.isEmpty()) {
        ordinals.remove(name);
      }
      storedBytes -= version.storedBytes();
    }
  }

  private @Nullable List<Victim> victimsFor(
      long ordinal, int lengthBytes, PieceStore.Eviction eviction) {
    long missingBytes = storedBytes + lengthBytes - capacityBytes;
    if (missingBytes <= 0) {
      return List.of();
    }
    List<HeldVersion> candidates =
        versions.values().stream()
            .filter(v -> v.ordinal() != ordinal && v.storedBytes() > 0)
            .filter(v -> eviction == PieceStore.Eviction.ANY || !isProtected(v))
            .sorted(
                Comparator.comparing(this::isProtected)
                    .thenComparingLong(HeldVersion::lastUse)
                    .thenComparingLong(HeldVersion::ordinal))
            .toList();
    List<Victim> victims = new ArrayList<>();
    for (HeldVersion candidate : candidates) {
      for (int piece = candidate.highestBelow(Integer.MAX_VALUE);
          piece >= 0 && missingBytes > 0;
          piece = candidate.highestBelow(piece)) {
        int goneBytes = candidate.lengthOf(piece);
        victims.add(new Victim(candidate.ordinal(), piece, goneBytes));
        missingBytes -= goneBytes;
      }
      if (missingBytes <= 0) {
        return victims;
      }
    }
    return null;
  }

  private boolean isProtected(HeldVersion version) {
    return protectedOrdinals.contains(version.ordinal());
  }
}
