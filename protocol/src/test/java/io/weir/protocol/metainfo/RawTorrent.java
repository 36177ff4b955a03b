package io.weir.protocol.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.TreeMap;

/**
 * A torrent put together from bencoded text, a character a byte, so that any value can be wrong.
 * Immutable: each change makes a new one.
 */
record RawTorrent(Map<String, String> outer, Map<String, String> info) {
  static final String ROOT = "r".repeat(32);
  static final String SHA1 = "s".repeat(20);

  /** A v1 file of 5 bytes. */
  static RawTorrent v1() {
    return new RawTorrent(Map.of(), Map.of())
        .info("length", "i5e")
        .info("name", text("f"))
        .info("piece length", "i16384e")
        .info("pieces", text(SHA1));
  }

  /** A v1 directory of these files in a single piece. */
  static RawTorrent v1Files(String... files) {
    return v1().info("length", null).info("files", "l" + String.join("", files) + "e");
  }

  /** The v2 half alone of a file of 5 bytes. */
  static RawTorrent v2() {
    return v1().info("length", null)
        .info("pieces", null)
        .info("meta version", "i2e")
        .info("file tree", dict("f", leaf(5)))
        .outer("piece layers", "de");
  }

  /** A hybrid directory of x, two pieces long without a byte, and y of 5 bytes. */
  static RawTorrent hybrid() {
    return v2().info("files", "l" + file(32_767, "x") + padding(1) + file(5, "y") + "e")
        .info("pieces", text(SHA1.repeat(3)))
        .info("file tree", dict("x", leaf(32_767), "y", leaf(5)))
        .outer("piece layers", dict(ROOT, text(ROOT.repeat(2))));
  }

  RawTorrent info(String key, String encoded) {
    return new RawTorrent(outer, changed(info, key, encoded));
  }

  RawTorrent outer(String key, String encoded) {
    return new RawTorrent(changed(outer, key, encoded), info);
  }

  byte[] bytes() {
    Map<String, String> all = new TreeMap<>(outer);
    all.putIfAbsent("info", encode(info));
    return encode(all).getBytes(ISO_8859_1);
  }

  static String text(String text) {
    return text.length() + ":" + text;
  }

  /** Keys and encoded values in the order given. */
  static String dict(String... keysAndValues) {
    StringBuilder dict = new StringBuilder("d");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dict.append(text(keysAndValues[i])).append(keysAndValues[i + 1]);
    }
    return dict.append('e').toString();
  }

  /** An entry of {@code files}. */
  static String file(long length, String... path) {
    return dict("length", "i" + length + "e", "path", texts(path));
  }

  static String padding(long length) {
    return dict("attr", text("p"), "length", "i" + length + "e", "path", texts(".pad", "0"));
  }

  /** A file's node in a {@code file tree}. */
  static String leaf(long length) {
    return dict("", dict("length", "i" + length + "e", "pieces root", text(ROOT)));
  }

  static String texts(String... texts) {
    StringBuilder list = new StringBuilder("l");
    for (String text : texts) {
      list.append(text(text));
    }
    return list.append('e').toString();
  }

  private static String encode(Map<String, String> entries) {
    StringBuilder dict = new StringBuilder("d");
    new TreeMap<>(entries).forEach((key, value) -> dict.append(text(key)).append(value));
    return dict.append('e').toString();
  }

  private static Map<String, String> changed(
      Map<String, String> entries, String key, String encoded) {
    Map<String, String> changed = new TreeMap<>(entries);
    if (encoded == null) {
      changed.remove(key);
    } else {
      changed.put(key, encoded);
    }
    return changed;
  }
}
