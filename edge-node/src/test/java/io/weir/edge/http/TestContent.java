package io.weir.edge.http;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A content with its bytes. */
record TestContent(String id, Metainfo metainfo, byte[] bytes) {
  static final int PIECE_BYTES = 64 * 1024;

  static TestContent single(String id, String name, int lengthBytes) {
    return single(id, name, lengthBytes, PIECE_BYTES);
  }

  static TestContent single(String id, String name, int lengthBytes, int pieceBytes) {
    byte[] bytes = bytes(id, lengthBytes);
    List<PieceDigests> digests = new ArrayList<>();
    for (int at = 0; at < lengthBytes; at += pieceBytes) {
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, lengthBytes - at));
      digests.add(PieceDigests.of(piece, pieceBytes));
    }
    Metainfo metainfo =
        MetainfoBuilder.singleFile(TorrentFormat.HYBRID, name, lengthBytes, pieceBytes, digests);
    return new TestContent(id, metainfo, bytes);
  }

  /** A v1 torrent of three files, {@code sub/a.txt}, an empty one, and {@code b c.bin}. */
  static TestContent multi(String id, String name) throws MetainfoException {
    byte[] bytes = bytes(id, 100_000);
    BencodeList files =
        new BencodeList(
            List.of(file(70_000, "sub", "a.txt"), file(0, "empty"), file(30_000, "b c.bin")));
    byte[] pieces = new byte[2 * 20];
    for (int i = 0; i < 2; i++) {
      int at = i * PIECE_BYTES;
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(PIECE_BYTES, bytes.length - at));
      System.arraycopy(PieceDigests.of(piece, PIECE_BYTES).sha1(), 0, pieces, i * 20, 20);
    }
    BencodeDictionary info =
        BencodeDictionary.builder()
            .put("files", files)
            .put("name", name)
            .put("piece length", PIECE_BYTES)
            .put("pieces", pieces)
            .build();
    Metainfo metainfo =
        Metainfo.parse(Bencode.encode(BencodeDictionary.builder().put("info", info).build()));
    return new TestContent(id, metainfo, bytes);
  }

  int pieces() {
    return metainfo.pieceCount();
  }

  private static BencodeDictionary file(long lengthBytes, String... path) {
    return BencodeDictionary.builder()
        .put("length", lengthBytes)
        .put("path", BencodeList.ofTexts(List.of(path)))
        .build();
  }

  private static byte[] bytes(String id, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    new Random(id.hashCode()).nextBytes(bytes);
    return bytes;
  }
}
