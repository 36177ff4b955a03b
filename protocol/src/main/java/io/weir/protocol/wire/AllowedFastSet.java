package io.weir.protocol.wire;

import io.weir.protocol.metainfo.InfoHash;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The pieces that a peer may request while choked: BEP 6's canonical set, which follows from swarm
 * and address, so that reconnecting wins a peer nothing. BEP 6 defines it for IPv4 only.
 */
public final class AllowedFastSet {
  /** Largest set that is computed; BEP 6 suggests 10. */
  public static final int MAX_PIECES = 64;

  private static final int SHA1_BYTES = 20;

  /**
   * The first {@code size} pieces of the set in canonical order; all pieces where there are no more
   * than that.
   *
   * @param peer the remote's address; its last byte does not count
   * @param pieceCount pieces of the content, 1 or more
   * @param size pieces wanted, 0 to {@link #MAX_PIECES}
   * @throws IllegalArgumentException if a count is out of bounds
   */
  public static List<Integer> of(Inet4Address peer, InfoHash infoHash, int pieceCount, int size) {
    if (pieceCount < 1 || size < 0 || size > MAX_PIECES) {
      throw new IllegalArgumentException(size + " allowed-fast pieces of " + pieceCount);
    }
    int wanted = Math.min(size, pieceCount);
    Set<Integer> pieces = new LinkedHashSet<>();
    byte[] address = peer.getAddress();
    address[3] = 0;
    byte[] x = ByteBuffer.allocate(24).put(address).put(infoHash.toBytes()).array();
    MessageDigest sha1 = sha1();
    while (pieces.size() < wanted) {
      x = sha1.digest(x);
      ByteBuffer words = ByteBuffer.wrap(x);
      for (int i = 0; i < SHA1_BYTES && pieces.size() < wanted; i += Integer.BYTES) {
        pieces.add(Integer.remainderUnsigned(words.getInt(i), pieceCount));
      }
    }
    return List.copyOf(pieces);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private AllowedFastSet() {}
}
