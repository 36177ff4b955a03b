package io.weir.edge.store;

import io.weir.protocol.metainfo.InfoHash;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One version's part of the {@link HaveMap}, under whose monitor its mutable state is: sixteen
 * bytes a piece, four bytes and a bit a part.
 */
final class HeldVersion {
  private final long ordinal;
  private final String contentId;
  private final int contentVersion;
  private final InfoHash infoHash;
  private int[] segments = new int[0];
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private int[] touched = new int[0];
  private int[] checksums = new int[0];
  private final BitSet checked = new BitSet();
  private int partsAPiece = 1;
  private long storedBytes;

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

  /** One more than the highest piece that was ever held. */
  int end() {
    return lengths.length;
  }

  boolean has(int piece) {
    return piece < lengths.length && lengths[piece] > 0;
  }

  /** Where a piece lies, null when it is not held. */
  @Nullable Placed placed(int piece) {
    return has(piece) ? new Placed(segments[piece], offsets[piece], lengths[piece]) : null;
  }

  /** The segment of a piece that is held. */
  int segmentOf(int piece) {
    return segments[piece];
  }

  /** Holds a piece that was not held. */
  void add(int piece, HaveRow row) {
    Placed placed = row.placed();
    if (piece >= lengths.length) {
      grow(Math.max(piece + 1, lengths.length + lengths.length / 2));
    }
    fitParts(row.checksums().length);
    System.arraycopy(row.checksums(), 0, checksums, piece * partsAPiece, row.checksums().length);
    segments[piece] = placed.segment();
    offsets[piece] = placed.offsetBytes();
    lengths[piece] = placed.lengthBytes();
    storedBytes += placed.lengthBytes();
  }

  private void grow(int size) {
    segments = Arrays.copyOf(segments, size);
    offsets = Arrays.copyOf(offsets, size);
    lengths = Arrays.copyOf(lengths, size);
    touched = Arrays.copyOf(touched, size);
    checksums = Arrays.copyOf(checksums, size * partsAPiece);
  }

  /** All pieces but the last have as many parts: makes room, where only that one has come yet. */
  private void fitParts(int parts) {
    if (parts <= partsAPiece) {
      return;
    }
    int[] wider = new int[lengths.length * parts];
    for (int piece = 0; piece < lengths.length; piece++) {
      System.arraycopy(checksums, piece * partsAPiece, wider, piece * parts, partsAPiece);
    }
    checksums = wider;
    partsAPiece = parts;
    checked.clear();
  }

  /** The checksum of a part of a piece that is held. */
  int checksum(int piece, int part) {
    return checksums[piece * partsAPiece + part];
  }

  /** Holds a piece no longer that was held. */
  void remove(int piece) {
    storedBytes -= lengths[piece];
    checked.clear(piece * partsAPiece, (piece + 1) * partsAPiece);
    lengths[piece] = 0;
  }

  /** The checksums of these parts of a piece were right when last looked at. */
  void checked(int piece, int firstPart, int endPart) {
    checked.set(piece * partsAPiece + firstPart, piece * partsAPiece + endPart);
  }

  /** Whether the checksums of these parts have been looked at since the open. */
  boolean isChecked(int piece, int firstPart, int endPart) {
    int first = piece * partsAPiece + firstPart;
    return checked.nextClearBit(first) >= piece * partsAPiece + endPart;
  }

  /** A piece was read or written at a time of the store's clock of bytes. */
  void touchedAt(int piece, int time) {
    touched[piece] = time;
  }

  /** When the piece was last read or written. */
  int touched(int piece) {
    return touched[piece];
  }

  BitSet pieces() {
    BitSet pieces = new BitSet(lengths.length);
    for (int piece = 0; piece < lengths.length; piece++) {
      pieces.set(piece, lengths[piece] > 0);
    }
    return pieces;
  }
}
