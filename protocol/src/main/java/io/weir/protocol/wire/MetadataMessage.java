package io.weir.protocol.wire;

import java.nio.ByteBuffer;

/** STUB. ut_metadata (BEP 9). */
public sealed interface MetadataMessage {
  /** Bytes of metadata in each message but the last. */
  int BLOCK_BYTES = 16 * 1024;

  record Request(int block) implements MetadataMessage {}

  record Data(int block, int totalBytes, ByteBuffer data) implements MetadataMessage {}

  record Reject(int block) implements MetadataMessage {}

  static MetadataMessage decode(ByteBuffer payload) throws WireException {
    throw new UnsupportedOperationException();
  }

  /** The payload of an Extended message. */
  default byte[] encode() {
    throw new UnsupportedOperationException();
  }
}
