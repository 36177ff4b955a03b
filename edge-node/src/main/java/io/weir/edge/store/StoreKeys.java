package io.weir.edge.store;

import io.weir.edge.piece.Parts;
import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the index as they lie on disk, big-endian, so that RocksDB's byte order is
 * that of the numbers.
 *
 * <table>
 * <caption>column families</caption>
 * <tr><th>family</th><th>key</th><th>value</th></tr>
 * <tr><td>head</td><td>ordinal (8)</td><td>layout (4), content version (4),
 * info-hash (20), content id (UTF-8)</td></tr>
 * <tr><td>have</td><td>ordinal (8), piece (4)</td><td>segment (4), offset (4), length in bytes (4),
 * CRC-32C of each part (4)</td></tr>
 * </table>
 */
final class StoreKeys {
  static final int HAVE_KEY_BYTES = Long.BYTES + Integer.BYTES;
  private static final int PLACED_BYTES = 3 * Integer.BYTES;

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
    return ByteBuffer.allocate(HAVE_KEY_BYTES).putLong(ordinal).putInt(piece).array();
  }

  static byte[] haveValue(HaveRow row) {
    ByteBuffer value =
        ByteBuffer.allocate(PLACED_BYTES + row.checksums().length * Integer.BYTES)
            .putInt(row.placed().segment())
            .putInt(row.placed().offsetBytes())
            .putInt(row.placed().lengthBytes());
    for (int checksum : row.checksums()) {
      value.putInt(checksum);
    }
    return value.array();
  }

  /** Where the piece of a have-row lies, null where the row is of another layout. */
  static @Nullable Placed placed(ByteBuffer haveValue) {
    if (haveValue.remaining() < PLACED_BYTES) {
      return null;
    }
    Placed placed = new Placed(haveValue.getInt(), haveValue.getInt(), haveValue.getInt());
    boolean fits =
        placed.offsetBytes() >= 0
            && placed.lengthBytes() > 0
            && haveValue.remaining() == Parts.count(placed.lengthBytes()) * Integer.BYTES;
    return fits ? placed : null;
  }

  /** A have-row, null where it is of another layout. */
  static @Nullable HaveRow haveOf(byte[] haveValue) {
    ByteBuffer value = ByteBuffer.wrap(haveValue);
    Placed placed = placed(value);
    if (placed == null) {
      return null;
    }
    int[] checksums = new int[Parts.count(placed.lengthBytes())];
    value.asIntBuffer().get(checksums);
    return new HaveRow(placed, checksums);
  }
}
