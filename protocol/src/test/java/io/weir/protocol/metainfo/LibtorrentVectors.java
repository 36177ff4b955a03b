package io.weir.protocol.metainfo;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * Torrents made by libtorrent 2.0.8 ({@code lt.create_torrent}, {@code lt.set_piece_hashes}) from
 * files filled with {@link #pattern}. The directory {@code set} holds a.bin (40,000 bytes),
 * b/empty, b/one.bin (1 byte) and c.bin (90,000 bytes); without the tail, a.bin and c.bin only.
 * Info-hashes in the tests are those that libtorrent reports for these files.
 */
final class LibtorrentVectors {
  static final String SINGLE_HYBRID =
      """
      ZDg6YW5ub3VuY2UzMTpodHRwOi8vdHJhY2tlci5leGFtcGxlL2Fubm91bmNlNDppbmZvZDk6ZmlsZSB0cmVlZDg6
      ZmlsbS5iaW5kMDpkNjpsZW5ndGhpMTAwMDAwZTExOnBpZWNlcyByb290MzI6L6oN/CzpOddGyiIucIbUs99OBJ37
      U1pOvu2dDrqsHOVlZWU2Omxlbmd0aGkxMDAwMDBlMTI6bWV0YSB2ZXJzaW9uaTJlNDpuYW1lODpmaWxtLmJpbjEy
      OnBpZWNlIGxlbmd0aGkzMjc2OGU2OnBpZWNlczgwOkbLyDqqhv8bF/BV4tTuF6bTWibl3P1iT+s+pIptbROF2OGS
      LgDseYXjl0De6YiTEw89K1OoDk0go9i02Fu0zyadj/cyWR2V+o7wucmJoYS2ZTEyOnBpZWNlIGxheWVyc2QzMjov
      qg38LOk510bKIi5whtSz304EnftTWk6+7Z0Ouqwc5TEyODowtSiJjjs1v3efqgwjOoQuhXyB2582e7/b35NscCAZ
      aL7WpLSONDBcYDt2YmYu32aEl/snwuR0Ml1ZBhSVRvGts58ZsYqeDRbqj0sM62FAvuIq0v8PNlno1uVZ5mC0Rlh1
      55iQfhT50APgcukiWfsSLWTl9hB5fCsyBMNdh2j4pWVl
      """;

  static final String SHORT_HYBRID =
      """
      ZDg6YW5ub3VuY2UzMTpodHRwOi8vdHJhY2tlci5leGFtcGxlL2Fubm91bmNlNDppbmZvZDk6ZmlsZSB0cmVlZDg6
      bm90ZS5iaW5kMDpkNjpsZW5ndGhpNDAwMDBlMTE6cGllY2VzIHJvb3QzMjo3zqq3SQ12J4qP1KUiNKG8MJrSjILw
      ZdCCFjgKR/gIUGVlZTY6bGVuZ3RoaTQwMDAwZTEyOm1ldGEgdmVyc2lvbmkyZTQ6bmFtZTg6bm90ZS5iaW4xMjpw
      aWVjZSBsZW5ndGhpNjU1MzZlNjpwaWVjZXMyMDo/0AADGfWrbBH4u/51w7VQvISA/2UxMjpwaWVjZSBsYXllcnNk
      ZWU=
      """;

  static final String MULTI_HYBRID =
      """
      ZDg6YW5ub3VuY2UzMTpodHRwOi8vdHJhY2tlci5leGFtcGxlL2Fubm91bmNlNDppbmZvZDk6ZmlsZSB0cmVlZDU6
      YS5iaW5kMDpkNjpsZW5ndGhpNDAwMDBlMTE6cGllY2VzIHJvb3QzMjo3zqq3SQ12J4qP1KUiNKG8MJrSjILwZdCC
      FjgKR/gIUGVlMTpiZDU6ZW1wdHlkMDpkNjpsZW5ndGhpMGVlZTc6b25lLmJpbmQwOmQ2Omxlbmd0aGkxZTExOnBp
      ZWNlcyByb290MzI6S/USLzRFVMU73i67jNK349FgCtYxw4Wl18ziPHeFRZplZWU1OmMuYmluZDA6ZDY6bGVuZ3Ro
      aTkwMDAwZTExOnBpZWNlcyByb290MzI6CfjKXbydBLzg9AHJUnXMGDLuxoyHkwraYWymAhVhgt9lZWU1OmZpbGVz
      bGQ2Omxlbmd0aGk0MDAwMGU0OnBhdGhsNTphLmJpbmVlZDQ6YXR0cjE6cDY6bGVuZ3RoaTI1NTM2ZTQ6cGF0aGw0
      Oi5wYWQ1OjI1NTM2ZWVkNjpsZW5ndGhpMGU0OnBhdGhsMTpiNTplbXB0eWVlZDY6bGVuZ3RoaTFlNDpwYXRobDE6
      Yjc6b25lLmJpbmVlZDQ6YXR0cjE6cDY6bGVuZ3RoaTMyNzY3ZTQ6cGF0aGw0Oi5wYWQ1OjMyNzY3ZWVkNjpsZW5n
      dGhpOTAwMDBlNDpwYXRobDU6Yy5iaW5lZWQ0OmF0dHIxOnA2Omxlbmd0aGk4MzA0ZTQ6cGF0aGw0Oi5wYWQ0Ojgz
      MDRlZWUxMjptZXRhIHZlcnNpb25pMmU0Om5hbWUzOnNldDEyOnBpZWNlIGxlbmd0aGkzMjc2OGU2OnBpZWNlczEy
      MDpGy8g6qob/GxfwVeLU7hem01om5blVVHn13pJcXgf/nQ9+ffBNbVUAoLLIyBlbn+M7BKGFV3IHt0K4x9VGy8g6
      qob/GxfwVeLU7hem01om5dz9Yk/rPqSKbW0Thdjhki4A7HmFYx7oz+0jOmNyWDWAUaHs9I2n5h5lMTI6cGllY2Ug
      bGF5ZXJzZDMyOgn4yl28nQS84PQByVJ1zBgy7saMh5MK2mFspgIVYYLfOTY6MLUoiY47Nb93n6oMIzqELoV8gduf
      Nnu/29+TbHAgGWi+1qS0jjQwXGA7dmJmLt9mhJf7J8LkdDJdWQYUlUbxrRIiFR4IrLnEftiG2W5GyAEvYk+YmM7n
      xwUhfI77JdQ1MzI6N86qt0kNdieKj9SlIjShvDCa0oyC8GXQghY4Ckf4CFA2NDowtSiJjjs1v3efqgwjOoQuhXyB
      2582e7/b35NscCAZaPEft/K4XqDGg1LGF/ZN0AQ81V+0OxAmAL71wijrh47hZWU=
      """;

  static final String MULTI_HYBRID_WITHOUT_TAIL =
      """
      ZDg6YW5ub3VuY2UzMTpodHRwOi8vdHJhY2tlci5leGFtcGxlL2Fubm91bmNlNDppbmZvZDk6ZmlsZSB0cmVlZDU6
      YS5iaW5kMDpkNjpsZW5ndGhpNDAwMDBlMTE6cGllY2VzIHJvb3QzMjo3zqq3SQ12J4qP1KUiNKG8MJrSjILwZdCC
      FjgKR/gIUGVlNTpjLmJpbmQwOmQ2Omxlbmd0aGk5MDAwMGUxMTpwaWVjZXMgcm9vdDMyOgn4yl28nQS84PQByVJ1
      zBgy7saMh5MK2mFspgIVYYLfZWVlNTpmaWxlc2xkNjpsZW5ndGhpNDAwMDBlNDpwYXRobDU6YS5iaW5lZWQ0OmF0
      dHIxOnA2Omxlbmd0aGkyNTUzNmU0OnBhdGhsNDoucGFkNToyNTUzNmVlZDY6bGVuZ3RoaTkwMDAwZTQ6cGF0aGw1
      OmMuYmluZWVlMTI6bWV0YSB2ZXJzaW9uaTJlNDpuYW1lMzpzZXQxMjpwaWVjZSBsZW5ndGhpMzI3NjhlNjpwaWVj
      ZXMxMDA6RsvIOqqG/xsX8FXi1O4XptNaJuW5VVR59d6SXF4H/50Pfn3wTW1VAEbLyDqqhv8bF/BV4tTuF6bTWibl
      3P1iT+s+pIptbROF2OGSLgDseYX0OzOg+dKWD2UOD+hb2qE7Ytt7yWUxMjpwaWVjZSBsYXllcnNkMzI6CfjKXbyd
      BLzg9AHJUnXMGDLuxoyHkwraYWymAhVhgt85NjowtSiJjjs1v3efqgwjOoQuhXyB2582e7/b35NscCAZaL7WpLSO
      NDBcYDt2YmYu32aEl/snwuR0Ml1ZBhSVRvGtEiIVHgisucR+2IbZbkbIAS9iT5iYzufHBSF8jvsl1DUzMjo3zqq3
      SQ12J4qP1KUiNKG8MJrSjILwZdCCFjgKR/gIUDY0OjC1KImOOzW/d5+qDCM6hC6FfIHbnzZ7v9vfk2xwIBlo8R+3
      8rheoMaDUsYX9k3QBDzVX7Q7ECYAvvXCKOuHjuFlZQ==
      """;

  static final String MULTI_V2 =
      """
      ZDg6YW5ub3VuY2UzMTpodHRwOi8vdHJhY2tlci5leGFtcGxlL2Fubm91bmNlNDppbmZvZDk6ZmlsZSB0cmVlZDU6
      YS5iaW5kMDpkNjpsZW5ndGhpNDAwMDBlMTE6cGllY2VzIHJvb3QzMjo3zqq3SQ12J4qP1KUiNKG8MJrSjILwZdCC
      FjgKR/gIUGVlMTpiZDU6ZW1wdHlkMDpkNjpsZW5ndGhpMGVlZTc6b25lLmJpbmQwOmQ2Omxlbmd0aGkxZTExOnBp
      ZWNlcyByb290MzI6S/USLzRFVMU73i67jNK349FgCtYxw4Wl18ziPHeFRZplZWU1OmMuYmluZDA6ZDY6bGVuZ3Ro
      aTkwMDAwZTExOnBpZWNlcyByb290MzI6CfjKXbydBLzg9AHJUnXMGDLuxoyHkwraYWymAhVhgt9lZWUxMjptZXRh
      IHZlcnNpb25pMmU0Om5hbWUzOnNldDEyOnBpZWNlIGxlbmd0aGkzMjc2OGVlMTI6cGllY2UgbGF5ZXJzZDMyOgn4
      yl28nQS84PQByVJ1zBgy7saMh5MK2mFspgIVYYLfOTY6MLUoiY47Nb93n6oMIzqELoV8gdufNnu/29+TbHAgGWi+
      1qS0jjQwXGA7dmJmLt9mhJf7J8LkdDJdWQYUlUbxrRIiFR4IrLnEftiG2W5GyAEvYk+YmM7nxwUhfI77JdQ1MzI6
      N86qt0kNdieKj9SlIjShvDCa0oyC8GXQghY4Ckf4CFA2NDowtSiJjjs1v3efqgwjOoQuhXyB2582e7/b35NscCAZ
      aPEft/K4XqDGg1LGF/ZN0AQ81V+0OxAmAL71wijrh47hZWU=
      """;

  static final String MULTI_V1 =
      """
      ZDg6YW5ub3VuY2UzMTpodHRwOi8vdHJhY2tlci5leGFtcGxlL2Fubm91bmNlNDppbmZvZDU6ZmlsZXNsZDY6bGVu
      Z3RoaTQwMDAwZTQ6cGF0aGw1OmEuYmluZWVkNjpsZW5ndGhpMGU0OnBhdGhsMTpiNTplbXB0eWVlZDY6bGVuZ3Ro
      aTFlNDpwYXRobDE6Yjc6b25lLmJpbmVlZDY6bGVuZ3RoaTkwMDAwZTQ6cGF0aGw1OmMuYmluZWVlNDpuYW1lMzpz
      ZXQxMjpwaWVjZSBsZW5ndGhpMzI3NjhlNjpwaWVjZXM4MDpGy8g6qob/GxfwVeLU7hem01om5cqGl4SgGF+Zcebh
      cDC42z+Dn/eZx+fEK9BIkRrZxAsB72VS32EDHN7mH+3pJ48dYzyWw+0SPLVvs2p8WWVl
      """;

  private LibtorrentVectors() {}

  static byte[] torrent(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  /** The first bytes of an endless file whose blocks all differ. */
  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8) * 7 + (i >> 16) * 13 + 1);
    }
    return bytes;
  }

  /** The concatenation of the directory's files, each padded to a piece of 32 KiB. */
  static byte[] paddedSet() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(pattern(40_000));
    all.writeBytes(new byte[25_536]);
    all.writeBytes(pattern(1));
    all.writeBytes(new byte[32_767]);
    all.writeBytes(pattern(90_000));
    all.writeBytes(new byte[8_304]);
    return all.toByteArray();
  }
}
