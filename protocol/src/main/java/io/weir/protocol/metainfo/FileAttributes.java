package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeString;

/**
 * The {@code attr} of a file (BEP 47). Executable and hidden change nothing here; a symbolic link
 * is refused, since it has no bytes of its own to serve.
 */
final class FileAttributes {
  private FileAttributes() {}

  static boolean isPadding(String where, BencodeDictionary file)
      throws BencodeException, MetainfoException {
    BencodeString attr = file.findString("attr");
    String letters = attr == null ? "" : attr.toString();
    if (letters.indexOf('l') >= 0) {
      throw new MetainfoException(where + ".attr: symbolic links are not accepted");
    }
    return letters.indexOf('p') >= 0;
  }

  /** Checks a file that must not be padding. */
  static void checkContent(String where, BencodeDictionary file)
      throws BencodeException, MetainfoException {
    if (isPadding(where, file)) {
      throw new MetainfoException(where + ".attr: padding where only content may be");
    }
  }
}
