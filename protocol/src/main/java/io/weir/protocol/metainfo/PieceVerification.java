package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whether bytes that come in parts are a piece: hashed as they come, so that the whole piece need
 * never be in one buffer. Parts may be cut anywhere. Holds a digest's state and, for a v2 hash, 32
 * bytes for each 16 KiB of the piece; nothing is allocated for a part. One thread at a time.
 */
public final class PieceVerification {
  private final int lengthBytes;
  private final List<PieceHashing> hashings;
  private long receivedBytes;

  /** Takes ownership of the hashings. */
  PieceVerification(int lengthBytes, List<PieceHashing> hashings) {
    this.lengthBytes = lengthBytes;
    this.hashings = hashings;
  }

  /**
   * Adds the next bytes of the piece: all that remain in the buffer, whose position moves to its
   * limit. Borrows for the call. Bytes beyond the piece's length are counted and not hashed.
   */
  public void update(ByteBuffer part) {
    int from = part.position();
    int end = part.limit();
    receivedBytes += end - from;
    if (receivedBytes <= lengthBytes) {
      for (PieceHashing hashing : hashings) {
        part.position(from);
        hashing.update(part);
      }
    }
    part.position(end);
  }

  /** Whether all that came is exactly the piece. To be asked once, after the last part. */
  public boolean verify() {
    if (receivedBytes != lengthBytes) {
      return false;
    }
    for (PieceHashing hashing : hashings) {
      if (!hashing.matches()) {
        return false;
      }
    }
    return true;
  }
}
