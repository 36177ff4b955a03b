package io.weir.edge.store;

import io.weir.protocol.metainfo.InfoHash;
import java.util.Arrays;
import java.util.BitSet;

/** One version's part of the {@link HaveMap}, under whose monitor its mutable state is. */
final class HeldVersion {
  private final long ordinal;
  private final String contentId;
  private final int contentVersion;
  private final InfoHash infoHash;
  private int[] lengths = new int[0];
  private long storedBytes;
  private long lastUse;

  HeldVersion(long ordinal, String contentId, int contentVersion, InfoHash infoHash) {
    this.ordinal = ordinal;
    this.contentId = contentId;
    this.contentVersion = contentVersion;
    this.infoHash = infoHash;
  }

  long ordinal() {
    return ordinal;
  }

  String contentId() {
    return contentId;
  }

  int contentVersion() {
    return contentVersion;
  }

  InfoHash infoHash() {
    return infoHash;
  }

  long storedBytes() {
    return storedBytes;
  }

  long lastUse() {
    return lastUse;
  }

  void usedAt(long use) {
    lastUse = use;
  }

  /** 0 when the piece is not held. */
  int lengthOf(int piece) {
    return piece < lengths.length ? lengths[piece] : 0;
  }

  /** The highest held piece below this one, -1 when there is none. */
  int highestBelow(int piece) {
    int at = Math.min(piece, lengths.length) - 1;
    while (at >= 0 && lengths[at] == 0) {
      at--;
    }
    return at;
  }

  /** Sets or, with length 0, clears a piece; the change in stored bytes. */
  int set(int piece, int lengthBytes) {
    int change = lengthBytes - lengthOf(piece);
    if (change != 0 && piece >= lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.max(piece + 1, lengths.length + lengths.length / 2));
    }
    if (change != 0) {
      lengths[piece] = lengthBytes;
      storedBytes += change;
    }
    return change;
  }

  BitSet pieces() {
    BitSet pieces = new BitSet(lengths.length);
    for (int piece = 0; piece < lengths.length; piece++) {
      pieces.set(piece, lengths[piece] > 0);
    }
    return pieces;
  }
}
