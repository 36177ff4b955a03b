package io.weir.edge.http;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A directory of files as a torrent of each kind, each laid out as that kind demands. */
final class MultiFileContent {
  /** How the files lie among the pieces. */
  enum Kind {
    /** End to end. */
    V1,
    /** Each at a piece of its own, with padding files between. */
    HYBRID,
    /** Each at a piece of its own, with gaps that are no file's between. */
    V2
  }

  private static final int PIECE_BYTES = 16 * 1024;

  private final Map<List<String>, byte[]> files = new LinkedHashMap<>();

  /** Adds a file; paths must be added in the order of their raw bytes. */
  MultiFileContent file(int lengthBytes, String... path) {
    byte[] bytes = new byte[lengthBytes];
    new Random(files.size()).nextBytes(bytes);
    files.put(List.of(path), bytes);
    return this;
  }

  Map<List<String>, byte[]> files() {
    return files;
  }

  TestContent as(Kind kind, String id, String name) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<BencodeValue> v1 = new ArrayList<>();
    BencodeDictionary.Builder layers = BencodeDictionary.builder();
    Map<String, Object> tree = new TreeMap<>();
    for (Map.Entry<List<String>, byte[]> file : files.entrySet()) {
      int gap =
          kind == Kind.V1 || file.getValue().length == 0 ? 0 : -all.size() & (PIECE_BYTES - 1);
      if (gap > 0) {
        all.write(new byte[gap], 0, gap);
        v1.add(v1File(gap, List.of(".pad", String.valueOf(gap)), "p"));
      }
      all.writeBytes(file.getValue());
      v1.add(v1File(file.getValue().length, file.getKey(), ""));
      plant(tree, file.getKey(), v2File(file.getValue(), layers));
    }
    BencodeDictionary.Builder info =
        BencodeDictionary.builder().put("name", name).put("piece length", PIECE_BYTES);
    BencodeDictionary.Builder torrent = BencodeDictionary.builder();
    if (kind != Kind.V2) {
      info.put("files", new BencodeList(v1)).put("pieces", sha1s(all.toByteArray()));
    }
    if (kind != Kind.V1) {
      info.put("file tree", dictionary(tree)).put("meta version", 2);
      torrent.put("piece layers", layers.build());
    }
    Metainfo metainfo = Metainfo.parse(Bencode.encode(torrent.put("info", info.build()).build()));
    return new TestContent(id, metainfo, all.toByteArray());
  }

  private static BencodeDictionary v1File(int lengthBytes, List<String> path, String attr) {
    BencodeDictionary.Builder file =
        BencodeDictionary.builder()
            .put("length", lengthBytes)
            .put("path", BencodeList.ofTexts(path));
    return (attr.isEmpty() ? file : file.put("attr", attr)).build();
  }

  /** The node of a file, taken from the hybrid torrent of that file alone, as is its layer. */
  private static BencodeDictionary v2File(byte[] bytes, BencodeDictionary.Builder layers)
      throws Exception {
    if (bytes.length == 0) {
      return BencodeDictionary.builder().put("length", 0).build();
    }
    List<PieceDigests> digests = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, bytes.length - at);
      digests.add(PieceDigests.of(ByteBuffer.wrap(bytes, at, length), PIECE_BYTES));
    }
    byte[] alone =
        MetainfoBuilder.singleFile(TorrentFormat.HYBRID, "f", bytes.length, PIECE_BYTES, digests)
            .toTorrent(List.of(), List.of());
    BencodeDictionary torrent = Bencode.asDictionary(Bencode.decode(alone, BencodeLimits.METAINFO));
    for (Map.Entry<BencodeString, BencodeValue> layer :
        torrent.dictionary("piece layers").entries().entrySet()) {
      layers.put(layer.getKey(), layer.getValue());
    }
    return torrent.dictionary("info").dictionary("file tree").dictionary("f").dictionary("");
  }

  @SuppressWarnings("unchecked")
  private static void plant(Map<String, Object> tree, List<String> path, BencodeDictionary file) {
    Map<String, Object> directory = tree;
    for (String name : path) {
      directory = (Map<String, Object>) directory.computeIfAbsent(name, key -> new TreeMap<>());
    }
    directory.put("", file);
  }

  @SuppressWarnings("unchecked")
  private static BencodeDictionary dictionary(Map<String, Object> directory) {
    BencodeDictionary.Builder dictionary = BencodeDictionary.builder();
    directory.forEach(
        (name, node) ->
            dictionary.put(
                name,
                node instanceof BencodeDictionary file
                    ? file
                    : dictionary((Map<String, Object>) node)));
    return dictionary.build();
  }

  private static byte[] sha1s(byte[] all) {
    ByteArrayOutputStream sha1s = new ByteArrayOutputStream();
    for (int at = 0; at < all.length; at += PIECE_BYTES) {
      ByteBuffer piece = ByteBuffer.wrap(all, at, Math.min(PIECE_BYTES, all.length - at));
      sha1s.writeBytes(PieceDigests.of(piece, PIECE_BYTES).sha1());
    }
    return sha1s.toByteArray();
  }
}
