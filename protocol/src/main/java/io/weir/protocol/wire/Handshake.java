package io.weir.protocol.wire;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;

/**
 * STUB. The 68 bytes that open a peer connection (BEP 3), with the reserved bits of BEP 6 and 10.
 */
public record Handshake(InfoHash infoHash, byte[] peerId, boolean fast, boolean extended) {
  /** Bytes in a handshake. */
  public static final int LENGTH_BYTES = 68;

  /** Reads 68 bytes, advancing the buffer. */
  public static Handshake decode(ByteBuffer in) throws WireException {
    throw new UnsupportedOperationException();
  }

  /** Writes 68 bytes, advancing the buffer. */
  public void encode(ByteBuffer out) {
    throw new UnsupportedOperationException();
  }
}
