package io.weir.protocol.wire;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The 68 bytes that open a peer connection (BEP 3), with the reserved bits of BEP 6 and 10. Other
 * reserved bits are ignored when read and zero when written.
 *
 * @param infoHash the swarm
 * @param peerId 20 bytes, owned by the handshake from here on
 * @param fast whether the sender speaks the fast extension (BEP 6)
 * @param extended whether the sender speaks the extension protocol (BEP 10)
 */
public record Handshake(InfoHash infoHash, byte[] peerId, boolean fast, boolean extended) {
  /** Bytes in a handshake. */
  public static final int LENGTH_BYTES = 68;

  private static final byte[] OPENING =
      "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);
  private static final int RESERVED_BYTES = 8;
  private static final int EXTENDED_BYTE = 5;
  private static final int EXTENDED_BIT = 0x10;
  private static final int FAST_BYTE = 7;
  private static final int FAST_BIT = 0x04;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if the peer id has not 20 bytes
   */
  public Handshake {
    if (peerId.length != PeerId.LENGTH_BYTES) {
      throw new IllegalArgumentException("peer id has " + peerId.length + " bytes, not 20");
    }
  }

  /**
   * Whether the remaining bytes, however few, can be the beginning of a handshake. Anything else
   * (HTTP, TLS, an encrypted opening) is known by its first bytes, without waiting for 68. Position
   * unchanged.
   */
  public static boolean canBegin(ByteBuffer in) {
    int known = Math.min(in.remaining(), OPENING.length);
    return in.slice(in.position(), known).equals(ByteBuffer.wrap(OPENING, 0, known));
  }

  /**
   * Reads 68 bytes, advancing the buffer.
   *
   * @throws WireException if there are fewer, or they open another protocol, which it names
   */
  public static Handshake decode(ByteBuffer in) throws WireException {
    if (!canBegin(in)) {
      throw new WireException("handshake: other protocol, opens with '" + opening(in) + "'");
    }
    if (in.remaining() < LENGTH_BYTES) {
      throw new WireException("handshake: " + in.remaining() + " bytes, not " + LENGTH_BYTES);
    }
    in.position(in.position() + OPENING.length);
    byte[] reserved = take(in, RESERVED_BYTES);
    return new Handshake(
        InfoHash.of(take(in, InfoHash.LENGTH_BYTES)),
        take(in, PeerId.LENGTH_BYTES),
        (reserved[FAST_BYTE] & FAST_BIT) != 0,
        (reserved[EXTENDED_BYTE] & EXTENDED_BIT) != 0);
  }

  /** Writes 68 bytes, advancing the buffer. */
  public void encode(ByteBuffer out) {
    byte[] reserved = new byte[RESERVED_BYTES];
    reserved[EXTENDED_BYTE] = (byte) (extended ? EXTENDED_BIT : 0);
    reserved[FAST_BYTE] = (byte) (fast ? FAST_BIT : 0);
    out.put(OPENING).put(reserved).put(infoHash.toBytes()).put(peerId);
  }

  /** Equal by the peer id's bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Handshake that
        && infoHash.equals(that.infoHash)
        && Arrays.equals(peerId, that.peerId)
        && fast == that.fast
        && extended == that.extended;
  }

  @Override
  public int hashCode() {
    return 31 * infoHash.hashCode() + Arrays.hashCode(peerId);
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  /** As many bytes as an opening has, those that a log cannot show replaced. */
  private static String opening(ByteBuffer in) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(in.remaining(), OPENING.length); i++) {
      byte b = in.get(in.position() + i);
      text.append(b >= 0x20 && b < 0x7f ? (char) b : '.');
    }
    return text.toString();
  }
}
