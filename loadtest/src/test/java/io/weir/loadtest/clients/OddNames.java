package io.weir.loadtest.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files as people name them all over the world, of lengths where mistakes are made. */
final class OddNames {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int BLOCK_BYTES = 16 * 1024;

  /** Lengths around nothing, a block, a piece and two, which the files have in turn. */
  private static final int[] LENGTHS = {
    1,
    PIECE_BYTES,
    0,
    BLOCK_BYTES,
    12_345,
    2 * PIECE_BYTES,
    BLOCK_BYTES - 1,
    PIECE_BYTES + 1,
    100_001,
    PIECE_BYTES - 1,
  };

  /** Paths below the content's directory, and what each file holds; fifty of them. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String path : paths()) {
      int number = files.size();
      files.put(path, RandomBytes.of(1_000L + number, LENGTHS[number % LENGTHS.length]));
    }
    return files;
  }

  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "read me.txt",
                "two  spaces",
                "Ünïcödé.txt",
                "precomposed \u00e9.txt",
                "combining e\u0301.txt",
                "stacked o\u0302\u0323.bin",
                "emoji 🎬🍿.mkv",
                "family 👨‍👩‍👧‍👦.jpg",
                "flag 🇩🇪.png",
                "עברית.txt",
                "العربية.bin",
                "mixed עברית and العربية.bin",
                "日本語/ファイル.bin",
                "日本語/濁点 か\u3099.bin",
                "中文/简体/文件.txt",
                "한국어/\u1112\u1161\u11ab.txt",
                "русский/файл.txt",
                "ελληνικά/αρχείο.txt",
                "ไทย/ไฟล์.txt",
                "हिन्दी/फ़ाइल.txt",
                "a/b/c/d/e/f/g/h/i/j/deep.txt",
                "a/b/c/sibling.txt",
                "a/empty",
                "100%.txt",
                "%41 is not A.txt",
                "a+b.txt",
                "a&b=c;d.txt",
                "what?.txt",
                "number #1.txt",
                "quote ' and \" quote.txt",
                "[brackets] {braces} (parens).txt",
                "comma, colon: semicolon;.txt",
                "at@dollar$.txt",
                "tilde~caret^backtick`.txt",
                "star*bar|angle<>.txt",
                "exclaim!.txt",
                ".hidden",
                "...dots",
                "trailing dot.",
                "no-extension",
                "UPPER.TXT",
                "lower.txt",
                "null byte says \u2400.txt",
                "zero\u200dwidth\u200bjoiner.txt",
                "𝒎𝒂𝒕𝒉 𝔞𝔫𝔡 𐍈.txt"));
    // A name may have 255 bytes; but Transmission adds ".part" while it has not the whole file, and
    // libtorrent cuts names off at 240.
    paths.add("n".repeat(240));
    paths.add("長".repeat(79) + "xyz");
    paths.add("🎬".repeat(59) + "wxyz");
    paths.add("dir " + "é".repeat(118) + "/file " + "é".repeat(117));
    paths.add("~last");
    return paths;
  }

  private OddNames() {}
}
