package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeString;

/** What a name in a torrent may be, since names become file names and parts of URLs. */
final class PathElement {
  static final int MAX_BYTES = 255;
  static final int MAX_DEPTH = 32;

  private PathElement() {}

  /** The name as text; {@code where} names its key in the fault. */
  static String read(String where, BencodeString name) throws MetainfoException {
    if (name.lengthBytes() == 0) {
      throw new MetainfoException(where + ": empty name");
    }
    if (name.lengthBytes() > MAX_BYTES) {
      throw new MetainfoException(where + ": name longer than " + MAX_BYTES + " bytes");
    }
    String text = name.asText();
    if (text == null) {
      throw new MetainfoException(where + ": name is not UTF-8");
    }
    if (text.equals(".") || text.equals("..")) {
      throw new MetainfoException(where + ": name is a relative directory");
    }
    if (text.indexOf('/') >= 0 || text.indexOf('\0') >= 0) {
      throw new MetainfoException(where + ": name holds a slash or NUL");
    }
    return text;
  }
}
