package io.weir.edge.store;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values as they lie on disk, big-endian, so that RocksDB's byte order is that of the
 * numbers. A place is one of {@link Segments}.
 *
 * <table>
 * <caption>column families</caption>
 * <tr><th>family</th><th>key</th><th>value</th></tr>
 * <tr><td>head</td><td>ordinal (8)</td><td>layout (4), content version (4),
 * info-hash (20), content id (UTF-8)</td></tr>
 * <tr><td>have</td><td>ordinal (8), piece (4)</td><td>place (8), piece's length in bytes (4)</td></tr>
 * <tr><td>segments</td><td>place (8)</td><td>ordinal (8), piece (4) that was put there</td></tr>
 * <tr><td>pieces</td><td>place (8), part (2)</td><td>at most 256 KiB of it</td></tr>
 * </table>
 */
final class StoreKeys {
  /** Most bytes in one value; larger ones cost more to write, smaller ones more to read. */
  static final int PART_BYTES = 256 << 10;

  static final int PART_KEY_BYTES = Long.BYTES + Short.BYTES;

  /**
   * Marks head rows with an info-hash. Negative, for rows without one began with a content version,
   * which is not.
   */
  private static final int HEAD_LAYOUT = -2;

  private StoreKeys() {}

  static byte[] head(long ordinal) {
    return ByteBuffer.allocate(Long.BYTES).putLong(ordinal).array();
  }

  static byte[] headValue(HeldVersion version) {
    byte[] id = version.contentId().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 * Integer.BYTES + InfoHash.LENGTH_BYTES + id.length)
        .putInt(HEAD_LAYOUT)
        .putInt(version.contentVersion())
        .put(version.infoHash().toBytes())
        .put(id)
        .array();
  }

  /** The version of a head row, null where the row is of another layout. */
  static @Nullable HeldVersion headOf(byte[] key, byte[] headValue) {
    ByteBuffer value = ByteBuffer.wrap(headValue);
    if (value.remaining() < 2 * Integer.BYTES + InfoHash.LENGTH_BYTES
        || value.getInt() != HEAD_LAYOUT) {
      return null;
    }
    int contentVersion = value.getInt();
    byte[] infoHash = new byte[InfoHash.LENGTH_BYTES];
    value.get(infoHash);
    String contentId = StandardCharsets.UTF_8.decode(value).toString();
    return new HeldVersion(ordinalOf(key), contentId, contentVersion, InfoHash.of(infoHash));
  }

  /** The ordinal of a key that begins with one. */
  static long ordinalOf(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] have(long ordinal, int piece) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(ordinal).putInt(piece).array();
  }

  static byte[] haveValue(Placed placed) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
        .putLong(placed.place())
        .putInt(placed.lengthBytes())
        .array();
  }

  static Placed placed(byte[] haveValue) {
    ByteBuffer value = ByteBuffer.wrap(haveValue);
    return new Placed(value.getLong(), value.getInt());
  }

  static byte[] place(long place) {
    return ByteBuffer.allocate(Long.BYTES).putLong(place).array();
  }

  /** Before every place of this segment, after every one of the segment before. */
  static byte[] segment(int segment) {
    return place(Segments.startOf(segment));
  }

  /** The segment of a key that begins with a place. */
  static int segmentOf(byte[] key) {
    return Segments.segmentOf(ByteBuffer.wrap(key).getLong());
  }

  static void putPart(ByteBuffer key, long place, int part) {
    key.putLong(place).putShort((short) part);
  }

  static int parts(int lengthBytes) {
    return (lengthBytes + PART_BYTES - 1) / PART_BYTES;
  }
}
