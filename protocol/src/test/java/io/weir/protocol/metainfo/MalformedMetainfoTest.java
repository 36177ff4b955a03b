package io.weir.protocol.metainfo;

import static io.weir.protocol.metainfo.RawTorrent.ROOT;
import static io.weir.protocol.metainfo.RawTorrent.SHA1;
import static io.weir.protocol.metainfo.RawTorrent.dict;
import static io.weir.protocol.metainfo.RawTorrent.file;
import static io.weir.protocol.metainfo.RawTorrent.hybrid;
import static io.weir.protocol.metainfo.RawTorrent.leaf;
import static io.weir.protocol.metainfo.RawTorrent.padding;
import static io.weir.protocol.metainfo.RawTorrent.text;
import static io.weir.protocol.metainfo.RawTorrent.texts;
import static io.weir.protocol.metainfo.RawTorrent.v1;
import static io.weir.protocol.metainfo.RawTorrent.v1Files;
import static io.weir.protocol.metainfo.RawTorrent.v2;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a torrent is refused, each with the answer that names it. */
class MalformedMetainfoTest {
  private static final String LONG_NAME = "n".repeat(256);
  private static final long TOO_LONG = FileLayout.MAX_TOTAL_BYTES + 1;

  static Stream<Arguments> malformedBytes() {
    return Stream.of(
        arguments("", "input ends inside a value at byte 0"),
        arguments("i1e", "value has the wrong type at byte 0"),
        arguments("de", "info: key is missing"),
        arguments("d4:info0:e", "info: value has the wrong type"),
        arguments("d4:infode", "input ends inside a value at byte 9"),
        arguments("d4:infodeex", "bytes follow the value at byte 10"),
        arguments("d4:infod1:bi1e1:ai1eee", "dictionary keys are not sorted at byte 14"),
        arguments("d4:infod1:ai1e1:ai1eee", "dictionary key occurs twice at byte 14"),
        arguments("d4:infod1:ai01eee", "number with a leading zero at byte 11"),
        arguments("d4:infod1:ai-0eee", "negative zero at byte 11"),
        arguments("d4:infod1:aieee", "integer without digits at byte 11"),
        arguments("d4:infod1:ai9223372036854775808eee", "integer beyond 64 bits at byte 11"),
        arguments("d4:infod01:ai1eee", "number with a leading zero at byte 8"),
        arguments("d4:infod99999999:ai1eee", "string too long at byte 8"),
        arguments("d4:infodi1ei1eee", "dictionary key is not a string at byte 8"),
        arguments("d4:infod1:aee", "unexpected byte at byte 11"),
        arguments("d4:info", "input ends inside a value at byte 7"),
        arguments("d5:otherde4:infodee", "dictionary keys are not sorted at byte 10"),
        arguments("d4:infode4:infodee", "dictionary key occurs twice at byte 9"),
        arguments("d4:infole5:otherdee", "info: value has the wrong type"),
        arguments("d6:pieces0:e", "info: key is missing"),
        arguments("<!DOCTYPE html>", "unexpected byte at byte 0"),
        arguments("\u001f\u008b\b\0", "unexpected byte at byte 0"),
        arguments("d4:info" + "l".repeat(40), "nested too deep at byte 38"));
  }

  @ParameterizedTest
  @MethodSource("malformedBytes")
  void malformedBytesAreRefused(String torrent, String fault) {
    assertFault(fault, torrent.getBytes(ISO_8859_1));
  }

  static Stream<Arguments> malformedV1() {
    return Stream.of(
        arguments(v1().info("pieces", null), "pieces: key is missing"),
        arguments(v1().info("pieces", "i1e"), "pieces: value has the wrong type"),
        arguments(v1().info("pieces", "0:"), "pieces: not 20 bytes for each of 1 pieces"),
        arguments(
            v1().info("pieces", text(SHA1 + "s")), "pieces: not 20 bytes for each of 1 pieces"),
        arguments(
            v1().info("pieces", text(SHA1 + SHA1)), "pieces: not 20 bytes for each of 1 pieces"),
        arguments(v1().info("length", "i16385e"), "pieces: not 20 bytes for each of 2 pieces"),
        arguments(v1().info("name", null), "name: key is missing"),
        arguments(v1().info("name", "i1e"), "name: value has the wrong type"),
        arguments(v1().info("name", "0:"), "name: empty name"),
        arguments(v1().info("name", text(".")), "name: name is a relative directory"),
        arguments(v1().info("name", text("..")), "name: name is a relative directory"),
        arguments(v1().info("name", text("a/b")), "name: name holds a slash or NUL"),
        arguments(v1().info("name", text("/")), "name: name holds a slash or NUL"),
        arguments(v1().info("name", text("a\0")), "name: name holds a slash or NUL"),
        arguments(v1().info("name", text("/etc/passwd")), "name: name holds a slash or NUL"),
        arguments(v1().info("name", text("n".repeat(4_096))), "name: name longer than 255 bytes"),
        arguments(v1().info("name", text("\u00ed\u00a0\u0080")), "name: name is not UTF-8"),
        arguments(v1().info("name", text("\u00f0\u009f\u008e")), "name: name is not UTF-8"),
        arguments(v1().info("name", text("\u00ff")), "name: name is not UTF-8"),
        arguments(v1().info("name", text("\u00c0\u00af")), "name: name is not UTF-8"),
        arguments(v1().info("name", text(LONG_NAME)), "name: name longer than 255 bytes"),
        arguments(v1().info("piece length", null), "piece length: key is missing"),
        arguments(v1().info("piece length", "0:"), "piece length: value has the wrong type"),
        arguments(v1().info("piece length", "i0e"), "piece length: not within 16 KiB and 64 MiB"),
        arguments(
            v1().info("piece length", "i-16384e"), "piece length: not within 16 KiB and 64 MiB"),
        arguments(
            v1().info("piece length", "i8192e"), "piece length: not within 16 KiB and 64 MiB"),
        arguments(
            v1().info("piece length", "i67125248e"), "piece length: not within 16 KiB and 64 MiB"),
        arguments(
            v1().info("piece length", "i4294983680e"),
            "piece length: not within 16 KiB and 64 MiB"),
        arguments(v1().info("piece length", "i16385e"), "piece length: not a multiple of 16 KiB"),
        arguments(
            v1().info("length", null), "files: exactly one of length and files must be there"),
        arguments(v1().info("files", "le"), "files: exactly one of length and files must be there"),
        arguments(v1().info("length", "i0e"), "length: no bytes in any file"),
        arguments(v1().info("length", "i-1e"), "length: integer is out of range"),
        arguments(v1().info("length", "i" + TOO_LONG + "e"), "length: integer is out of range"),
        arguments(v1().info("length", "i34359738369e"), "length: more than 2097152 pieces"),
        arguments(v1().info("private", "1:1"), "private: value has the wrong type"),
        arguments(v1().info("attr", text("p")), "info.attr: padding where only content may be"),
        arguments(v1().info("attr", text("l")), "info.attr: symbolic links are not accepted"),
        arguments(v1().info("file tree", dict("f", leaf(5))), "file tree: without meta version"),
        arguments(v1Files(), "length: no bytes in any file"),
        arguments(v1Files(file(0, "a")), "length: no bytes in any file"),
        arguments(v1Files(padding(5)), "length: no bytes in any file"),
        arguments(v1Files("i1e"), "files[0]: not a dictionary"),
        arguments(v1Files(file(5, "a"), "de"), "files[1].length: key is missing"),
        arguments(v1Files(dict("length", "i5e")), "files[0].path: key is missing"),
        arguments(v1Files(file(5)), "files[0].path: not 1 to 32 names"),
        arguments(v1Files(file(5, pathOf(33))), "files[0].path: not 1 to 32 names"),
        arguments(
            v1Files(dict("length", "i5e", "path", "li1ee")),
            "files[0].path: not a list of strings"),
        arguments(v1Files(file(1, "a"), file(5, "b", "")), "files[1].path: empty name"),
        arguments(v1Files(file(5, "..", "etc")), "files[0].path: name is a relative directory"),
        arguments(v1Files(file(5, "a/b")), "files[0].path: name holds a slash or NUL"),
        arguments(v1Files(file(5, "", "a")), "files[0].path: empty name"),
        arguments(v1Files(file(5, "a", ".")), "files[0].path: name is a relative directory"),
        arguments(v1Files(file(5, "a\0")), "files[0].path: name holds a slash or NUL"),
        arguments(v1Files(file(5, "\u00ff")), "files[0].path: name is not UTF-8"),
        arguments(
            v1Files(file(5, "a").replace("i5e", "1:5")),
            "files[0].length: value has the wrong type"),
        arguments(
            v1Files(dict("length", "i5e", "path", text("a"))),
            "files[0].path: value has the wrong type"),
        arguments(
            v1Files(dict("attr", "i1e", "length", "i5e", "path", texts("a"))),
            "files[0].attr: value has the wrong type"),
        arguments(
            v1Files(file(5, "a"), file(0, "a", "b")), "path: a file is another file's directory"),
        arguments(
            v1Files(file(5, "a"), file(5, "b")).info("pieces", text(SHA1 + SHA1)),
            "pieces: not 20 bytes for each of 1 pieces"),
        arguments(
            v1Files(file(16_384, "a"), file(1, "b")), "pieces: not 20 bytes for each of 2 pieces"),
        arguments(v1().info("files", "i1e"), "files: value has the wrong type"),
        arguments(v1().info("length", "i9223372036854775807e"), "length: integer is out of range"),
        arguments(v1Files(file(5, LONG_NAME)), "files[0].path: name longer than 255 bytes"),
        arguments(v1Files(file(-5, "a")), "files[0].length: integer is out of range"),
        arguments(
            v1Files(file(TOO_LONG - 1, "a"), file(1, "b")), "length: files are too long together"),
        arguments(v1Files(file(5, "a"), file(5, "a")), "path: two files have the same"),
        arguments(
            v1Files(file(5, "a", "b"), file(5, "a")), "path: a file is another file's directory"),
        arguments(
            v1Files(dict("attr", text("xl"), "length", "i0e", "path", texts("a"))),
            "files[0].attr: symbolic links are not accepted"));
  }

  @ParameterizedTest
  @MethodSource("malformedV1")
  void malformedV1TorrentsAreRefused(RawTorrent torrent, String fault) {
    assertFault(fault, torrent.bytes());
  }

  static Stream<Arguments> malformedV2() {
    return Stream.of(
        arguments(v2().info("meta version", "i1e"), "meta version: not 2"),
        arguments(v2().info("meta version", "i3e"), "meta version: not 2"),
        arguments(v2().info("meta version", "i-2e"), "meta version: not 2"),
        arguments(v2().info("meta version", null), "file tree: without meta version"),
        arguments(v2().info("name", text("..")), "name: name is a relative directory"),
        arguments(
            v2().info("piece length", "i8192e"), "piece length: not within 16 KiB and 64 MiB"),
        arguments(
            v2().info("piece length", "i134217728e"), "piece length: not within 16 KiB and 64 MiB"),
        arguments(tree(LONG_NAME, leaf(5)), "file tree: name longer than 255 bytes"),
        arguments(tree("\u00ff", leaf(5)), "file tree: name is not UTF-8"),
        arguments(tree("a\0", leaf(5)), "file tree: name holds a slash or NUL"),
        arguments(tree("f", dict("g", "1:x")), "file tree: node is not a dictionary"),
        arguments(
            tree("f", dict("", dict("length", "i5e", "pieces root", "i1e"))),
            "file tree.pieces root: value has the wrong type"),
        arguments(tree("f", leaf(TOO_LONG)), "file tree.length: integer is out of range"),
        arguments(
            tree("f", leaf(16_385)).outer("piece layers", dict(ROOT, text(ROOT + ROOT + ROOT))),
            "piece layers: not 32 bytes for each piece of the file"),
        arguments(
            tree("f", leaf(16_385)).outer("piece layers", dict("x".repeat(32), text(ROOT + ROOT))),
            "piece layers: a file of many pieces has none"),
        arguments(v2().info("meta version", "1:2"), "meta version: value has the wrong type"),
        arguments(v2().info("piece length", "i49152e"), "piece length: not a power of two"),
        arguments(v2().info("file tree", null), "file tree: key is missing"),
        arguments(v2().info("file tree", "le"), "file tree: value has the wrong type"),
        arguments(v2().info("file tree", "de"), "file tree: empty directory"),
        arguments(tree("f", "de"), "file tree: empty directory"),
        arguments(tree("f", "i1e"), "file tree: node is not a dictionary"),
        arguments(tree("", dict("length", "i5e")), "file tree: empty name"),
        arguments(tree("..", leaf(5)), "file tree: name is a relative directory"),
        arguments(tree("a/b", leaf(5)), "file tree: name holds a slash or NUL"),
        arguments(tree("f", dict("", "i5e")), "file tree: node is not a dictionary"),
        arguments(tree("f", dict("", "de")), "file tree.length: key is missing"),
        arguments(
            tree("f", dict("", dict("length", "i5e"), "g", leaf(5))),
            "file tree: a file is also a directory"),
        arguments(
            tree("f", dict("", dict("length", "i5e"))), "file tree.pieces root: key is missing"),
        arguments(
            tree("f", dict("", dict("length", "i5e", "pieces root", text("r".repeat(31))))),
            "file tree.pieces root: not 32 bytes"),
        arguments(tree("f", leaf(0)), "length: no bytes in any file"),
        arguments(tree("f", leaf(-1)), "file tree.length: integer is out of range"),
        arguments(
            v2().info("file tree", dict("f", leaf(TOO_LONG - 1), "g", leaf(1))),
            "length: files are too long together"),
        arguments(
            tree("f", dict("", dict("attr", text("p"), "length", "i5e"))),
            "file tree.attr: padding where only content may be"),
        arguments(
            tree("f", dict("", dict("attr", text("l"), "length", "i0e"))),
            "file tree.attr: symbolic links are not accepted"),
        arguments(tree("f", nested(31)), "nested too deep at byte 139"),
        arguments(tree("f", leaf(16_385)), "piece layers: a file of many pieces has none"),
        arguments(
            tree("f", leaf(16_385)).outer("piece layers", null),
            "piece layers: a file of many pieces has none"),
        arguments(
            tree("f", leaf(16_385)).outer("piece layers", dict(ROOT, "i1e")),
            "piece layers: a file of many pieces has none"),
        arguments(
            tree("f", leaf(16_385)).outer("piece layers", dict(ROOT, text(ROOT))),
            "piece layers: not 32 bytes for each piece of the file"),
        arguments(
            tree("f", leaf(16_385)).outer("piece layers", dict(ROOT, text(ROOT + ROOT))),
            "piece layers: do not hash to the pieces root"),
        arguments(
            v2().outer("piece layers", dict(ROOT, text(ROOT))),
            "piece layers: entry that no file needs"),
        arguments(v2().outer("piece layers", "le"), "piece layers: value has the wrong type"));
  }

  @ParameterizedTest
  @MethodSource("malformedV2")
  void malformedV2TorrentsAreRefused(RawTorrent torrent, String fault) {
    assertFault(fault, torrent.bytes());
  }

  static Stream<Arguments> malformedHybrids() {
    String x = file(32_767, "x");
    String y = file(5, "y");
    return Stream.of(
        arguments(hybrid(), "piece layers: do not hash to the pieces root"),
        arguments(hybridFiles(x, padding(1)), "file tree: not as many files as the v1 part"),
        arguments(
            hybridFiles(x, padding(1), file(5, "z")),
            "file tree: other paths or order than the v1 part"),
        arguments(
            hybridFiles(y, padding(16_379), x), "file tree: other paths or order than the v1 part"),
        arguments(
            hybridFiles(x, padding(1), file(6, "y")),
            "file tree: other file lengths than the v1 part"),
        arguments(hybridFiles(x, y), "files: not padded to begin at a piece each"),
        arguments(hybridFiles(x, padding(2), y), "files: not padded to begin at a piece each"),
        arguments(hybridFiles(x, padding(16_385), y), "files: not padded to begin at a piece each"),
        arguments(
            hybridFiles(padding(16_384), x, padding(1), y),
            "files: not padded to begin at a piece each"),
        arguments(
            hybridFiles(x, padding(1), y, padding(1)),
            "files: more padding than the last piece needs"),
        arguments(
            hybridFiles(x, padding(1), y, padding(32_763)),
            "files: more padding than the last piece needs"),
        arguments(hybrid().info("pieces", text(SHA1)), "pieces: not 20 bytes for each of 3 pieces"),
        arguments(hybrid().info("piece length", "i49152e"), "piece length: not a power of two"),
        arguments(
            hybrid().info("file tree", dict("x", leaf(32_767))),
            "file tree: not as many files as the v1 part"),
        arguments(
            hybrid().info("file tree", dict("x", leaf(32_766), "y", leaf(5))),
            "file tree: other file lengths than the v1 part"),
        arguments(
            hybrid().info("file tree", dict("x", leaf(32_767), "z", leaf(5))),
            "file tree: other paths or order than the v1 part"),
        arguments(
            hybrid().info("file tree", dict("x", dict("y", leaf(5)), "y", leaf(5))),
            "file tree: other paths or order than the v1 part"),
        arguments(
            hybrid().outer("piece layers", null), "piece layers: a file of many pieces has none"),
        arguments(hybrid().info("meta version", "i3e"), "meta version: not 2"),
        arguments(hybrid().info("meta version", null), "file tree: without meta version"),
        arguments(
            hybrid().info("files", null), "files: exactly one of length and files must be there"),
        arguments(
            hybrid().info("files", null).info("length", "i5e"),
            "file tree: not as many files as the v1 part"));
  }

  @ParameterizedTest
  @MethodSource("malformedHybrids")
  void hybridsWhoseHalvesDisagreeAreRefused(RawTorrent torrent, String fault) {
    assertFault(fault, torrent.bytes());
  }

  static Stream<Arguments> malformedAddresses() {
    String longUrl = "u".repeat(2_049);
    String manyUrls = "l" + "1:u".repeat(1_001) + "e";
    return Stream.of(
        arguments(v1().outer("announce", "i1e"), "announce: value has the wrong type"),
        arguments(v1().outer("announce", text("\u00ff")), "announce: address is not UTF-8"),
        arguments(
            v1().outer("announce", text(longUrl)), "announce: address longer than 2048 bytes"),
        arguments(v1().outer("announce-list", "1:u"), "announce-list: value has the wrong type"),
        arguments(v1().outer("announce-list", "lli1eee"), "announce-list: not made of strings"),
        arguments(v1().outer("announce-list", manyUrls), "announce-list: more than 1000 addresses"),
        arguments(
            v1().outer("announce-list", "l" + manyUrls + "e"),
            "announce-list: more than 1000 addresses"),
        arguments(
            v1().outer("announce-list", "l" + ("l" + "1:u".repeat(501) + "e").repeat(2) + "e"),
            "announce-list: more than 1000 addresses"),
        arguments(v1().outer("url-list", "i1e"), "url-list: not made of strings"),
        arguments(v1().outer("url-list", manyUrls), "url-list: more than 1000 addresses"));
  }

  @ParameterizedTest
  @MethodSource("malformedAddresses")
  void malformedAddressesAreRefused(RawTorrent torrent, String fault) {
    assertFault(fault, torrent.bytes());
  }

  @Test
  void inputsThatTheTablesChangeAreAccepted() throws MetainfoException {
    assertEquals(1, Metainfo.parse(v1().bytes()).pieceCount());
    assertEquals(1, Metainfo.parse(v2().bytes()).pieceCount());
    assertEquals(2, Metainfo.parse(v1Files(file(5, "a"), file(5, "b")).bytes()).files().size());
    assertFalse(Metainfo.parse(v2().bytes()).multiFile());
    assertTrue(Metainfo.parse(v2().info("name", text("dir")).bytes()).multiFile());
    assertTrue(Metainfo.parse(v1().info("private", "i1e").bytes()).isPrivate());
    assertFalse(Metainfo.parse(v1().info("private", "i0e").bytes()).isPrivate());
    assertEquals(
        49_152, Metainfo.parse(v1().info("piece length", "i49152e").bytes()).pieceLengthBytes());
    assertEquals(1, Metainfo.parse(v1Files(file(5, pathOf(32))).bytes()).files().size());
  }

  @Test
  void singleUrlAndListAreTheSameAndEmptyOnesAreLeftOut() throws MetainfoException {
    assertEquals(
        List.of("http://w/"),
        Metainfo.parse(v1().outer("url-list", text("http://w/")).bytes()).webSeeds());
    assertEquals(List.of(), Metainfo.parse(v1().outer("url-list", "0:").bytes()).webSeeds());
    assertEquals(
        List.of(List.of("u")),
        Metainfo.parse(
                v1().outer("announce", text("v"))
                    .outer("announce-list", "l" + "le" + "l1:u0:e" + "l0:e" + "e")
                    .bytes())
            .announceTiers());
  }

  @Test
  void paddingFilesMayShareAPath() throws MetainfoException {
    Metainfo metainfo =
        Metainfo.parse(v1Files(file(5, "a"), padding(1), file(5, "b"), padding(1)).bytes());
    assertEquals(4, metainfo.files().size());
  }

  @Test
  void mostBytesAreAcceptedAndOneMoreIsNot() throws MetainfoException {
    int overhead = v1().outer("comment", text("")).bytes().length + "10000000".length() - 1;
    int room = (10 << 20) - overhead;
    Metainfo.parse(v1().outer("comment", text("c".repeat(room))).bytes());
    assertFault(
        "input too long at byte 10485760",
        v1().outer("comment", text("c".repeat(room + 1))).bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LibtorrentVectors.SINGLE_HYBRID,
        LibtorrentVectors.MULTI_V2,
        LibtorrentVectors.MULTI_V1
      })
  void torrentCutShortAtAnyByteIsRefusedAtThatByte(String vector) {
    byte[] whole = LibtorrentVectors.torrent(vector);
    for (int length = 0; length < whole.length; length++) {
      assertFault("input ends inside a value at byte " + length, Arrays.copyOf(whole, length));
    }
  }

  @Test
  void depthBombIsRefusedAtTheLimit() {
    assertFault(
        "nested too deep at byte " + (7 + 31),
        ("d4:info" + "l".repeat(5 << 20)).getBytes(ISO_8859_1));
  }

  @Test
  void tokenBombIsRefusedAtTheLimit() {
    assertFault(
        "too many values at byte 4000002",
        ("d4:info" + "l" + "le".repeat(2_100_000)).getBytes(ISO_8859_1));
  }

  /** 60,000 empty files below 25 directories with the longest names: 1 MiB, of paths 400. */
  @Test
  void pathBombIsRefused() {
    StringBuilder files = new StringBuilder("d");
    for (int i = 100_000; i < 160_000; i++) {
      files.append("6:").append(i).append("d0:d6:lengthi0eee");
    }
    String tree = files.append("6:160000").append(leaf(5)).append('e').toString();
    for (int depth = 0; depth < 25; depth++) {
      tree = dict("n".repeat(255), tree);
    }
    assertFault("path: all together longer than 33554432", v2().info("file tree", tree).bytes());
  }

  @Test
  void barestInfoIsHeldToTheSameRules() {
    MetainfoException fault =
        assertThrows(MetainfoException.class, () -> Metainfo.fromInfo("de".getBytes(ISO_8859_1)));
    assertEquals("pieces: key is missing", fault.getMessage());
  }

  private static RawTorrent tree(String name, String node) {
    return v2().info("file tree", dict(name, node));
  }

  private static RawTorrent hybridFiles(String... files) {
    return hybrid().info("files", "l" + String.join("", files) + "e");
  }

  private static String[] pathOf(int depth) {
    String[] path = new String[depth];
    Arrays.fill(path, "d");
    return path;
  }

  private static String nested(int depth) {
    return "d1:d".repeat(depth) + leaf(5) + "e".repeat(depth);
  }

  private static void assertFault(String fault, byte[] torrent) {
    assertEquals(
        fault, assertThrows(MetainfoException.class, () -> Metainfo.parse(torrent)).getMessage());
  }
}
