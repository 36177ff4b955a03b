package io.weir.control;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Real torrents of seeded bytes. */
final class TestTorrent {
  static final int PIECE_BYTES = 256 << 10;

  /** Length of each file of a torrent of several. */
  static final int FILE_BYTES = 1_000;

  private TestTorrent() {}

  /** What an adapter would give for an object of this many bytes: hybrid. */
  static byte[] of(String name, int lengthBytes, long seed) {
    byte[] bytes = new byte[lengthBytes];
    new Random(seed).nextBytes(bytes);
    List<PieceDigests> digests = new ArrayList<>();
    for (int at = 0; at < lengthBytes; at += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, lengthBytes - at);
      digests.add(PieceDigests.of(ByteBuffer.wrap(bytes, at, length), PIECE_BYTES));
    }
    Metainfo metainfo =
        MetainfoBuilder.singleFile(TorrentFormat.HYBRID, name, lengthBytes, PIECE_BYTES, digests);
    return metainfo.toTorrent(List.of(), List.of());
  }

  /** The same without its v1 half. */
  static byte[] v2Only(String name, int lengthBytes, long seed) throws BencodeException {
    BencodeDictionary hybrid =
        Bencode.asDictionary(Bencode.decode(of(name, lengthBytes, seed), BencodeLimits.METAINFO));
    BencodeDictionary.Builder info = BencodeDictionary.builder();
    for (Map.Entry<BencodeString, BencodeValue> entry :
        hybrid.dictionary("info").entries().entrySet()) {
      String key = entry.getKey().asText();
      if (!List.of("pieces", "length").contains(key)) {
        info.put(key, entry.getValue());
      }
    }
    return Bencode.encode(
        BencodeDictionary.builder()
            .put("info", info.build())
            .put("piece layers", hybrid.dictionary("piece layers"))
            .build());
  }

  /**
   * A v1 torrent of several files, {@link #FILE_BYTES} each, that somebody made elsewhere: it names
   * a tracker and a web seed, and its info dictionary has a key that nobody here knows.
   */
  static byte[] ofFiles(String name, List<String> paths, long seed) {
    byte[] sha1s = new byte[20 * ((paths.size() * FILE_BYTES + PIECE_BYTES - 1) / PIECE_BYTES)];
    new Random(seed).nextBytes(sha1s);
    List<BencodeValue> files =
        paths.stream()
            .<BencodeValue>map(
                path ->
                    BencodeDictionary.builder()
                        .put("length", FILE_BYTES)
                        .put("path", BencodeList.ofTexts(List.of(path.split("/"))))
                        .build())
            .toList();
    return Bencode.encode(
        BencodeDictionary.builder()
            .put("announce", "http://elsewhere.example/announce")
            .put("url-list", "http://elsewhere.example/seed/")
            .put(
                "info",
                BencodeDictionary.builder()
                    .put("files", new BencodeList(files))
                    .put("name", name)
                    .put("piece length", PIECE_BYTES)
                    .put("pieces", sha1s)
                    .put("x-elsewhere", "kept")
                    .build())
            .build());
  }
}
