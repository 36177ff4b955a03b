package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeString;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a name in a torrent may be, since names become file names and parts of URLs. One that is
 * made here has to be easy on every file system; one that is read only has to be harmless.
 */
public final class PathElement {
  /** Longest name, in bytes of UTF-8: what common file systems hold. */
  public static final int MAX_BYTES = 255;

  /** Most elements of a path. */
  public static final int MAX_DEPTH = 32;

  private PathElement() {}

  /** Why no torrent is made with this name, for people; null where one may be. */
  public static @Nullable String refusal(String name) {
    if (name.isEmpty()) {
      return "must not be empty";
    }
    if (name.equals(".") || name.equals("..")) {
      return "must not be '.' or '..'";
    }
    if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      return "must not contain '/', '\\' or control characters";
    }
    try {
      int bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
      return bytes <= MAX_BYTES ? null : "must have at most " + MAX_BYTES + " bytes of UTF-8";
    } catch (CharacterCodingException e) {
      return "must not contain half a surrogate pair";
    }
  }

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
