package io.weir.edge.store;

import io.weir.edge.piece.PieceBuffer;
import java.io.IOException;

/**
 * A file of pieces that is still appended to. Holds a reference to the file. One thread at a time.
 */
final class OpenSegment {
  private final int number;
  private final SegmentFile file;
  private long endBytes;
  private boolean isDirty;

  /** Takes ownership of one reference to the file, which is appended to from this offset on. */
  OpenSegment(int number, SegmentFile file, long endBytes) {
    this.number = number;
    this.file = file;
    this.endBytes = endBytes;
  }

  int number() {
    return number;
  }

  long endBytes() {
    return endBytes;
  }

  /** Appends a piece; borrows it for the call. */
  HaveRow append(PieceBuffer piece) throws IOException {
    file.write(endBytes, piece.toBuffers());
    int[] checksums = new int[piece.parts()];
    for (int part = 0; part < checksums.length; part++) {
      checksums[part] = PartReader.checksum(piece.part(part));
    }
    Placed placed = new Placed(number, (int) endBytes, piece.lengthBytes());
    endBytes += piece.lengthBytes();
    isDirty = true;
    return new HaveRow(placed, checksums);
  }

  /** Has the disk keep what was appended. */
  void sync() throws IOException {
    if (isDirty) {
      file.sync();
      isDirty = false;
    }
  }

  /** Cuts off what is behind the last whole piece. */
  void cut() throws IOException {
    file.truncate(endBytes);
  }

  void close() {
    file.release();
  }
}
