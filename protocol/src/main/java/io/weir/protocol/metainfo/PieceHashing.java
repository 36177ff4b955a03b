package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;

/** The bytes of one piece on their way through one kind of hash. One thread. */
interface PieceHashing {
  /**
   * Adds the remaining bytes, never more in all than the piece has; the position moves to the
   * limit. Borrows for the call.
   */
  void update(ByteBuffer part);

  /** Whether what was added, all of the piece, has the piece's hash. Asked once. */
  boolean matches();
}
