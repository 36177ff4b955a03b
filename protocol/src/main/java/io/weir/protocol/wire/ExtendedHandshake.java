package io.weir.protocol.wire;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * STUB. The BEP 10 handshake dictionary: m, metadata_size (BEP 9), reqq, upload_only (BEP 21),
 * yourip, v, p.
 */
public record ExtendedHandshake(
    Map<String, Integer> messageIds,
    @Nullable Integer metadataSizeBytes,
    @Nullable Integer requestQueue,
    boolean uploadOnly,
    byte @Nullable [] yourIp,
    @Nullable String client,
    @Nullable Integer listenPort) {
  public static ExtendedHandshake decode(ByteBuffer payload) throws WireException {
    throw new UnsupportedOperationException();
  }

  /** The bencoded dictionary, without message id. */
  public byte[] encode() {
    throw new UnsupportedOperationException();
  }
}
