package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeString;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Creates the metainfo (BEP 3, BEP 52) of content that has been hashed piece by piece. Equal input
 * gives equal info-hashes. Stateless, any thread.
 */
public final class MetainfoBuilder {
  private static final int SHORTEST_PIECE_BYTES = 256 << 10;
  private static final int LONGEST_PIECE_BYTES = 16 << 20;
  private static final int TARGET_PIECES = 2_000;

  private MetainfoBuilder() {}

  /** The power of two from 256 KiB to 16 MiB that gives at most 2,000 pieces, where one does. */
  public static int pieceLengthFor(long totalLengthBytes) {
    int length = SHORTEST_PIECE_BYTES;
    while (length < LONGEST_PIECE_BYTES && totalLengthBytes > (long) length * TARGET_PIECES) {
      length *= 2;
    }
    return length;
  }

  /**
   * A torrent of one file.
   *
   * @param format what it carries
   * @param name a valid file name of at most 255 bytes
   * @param lengthBytes 1 or more
   * @param pieceLengthBytes a power of two, 16 KiB to 64 MiB
   * @param digests one for each piece, in order
   * @throws IllegalArgumentException if these do not make a torrent that {@link Metainfo#parse}
   *     accepts
   */
  public static Metainfo singleFile(
      TorrentFormat format,
      String name,
      long lengthBytes,
      int pieceLengthBytes,
      List<PieceDigests> digests) {
    if (digests.isEmpty()) {
      throw new IllegalArgumentException("no pieces");
    }
    ByteArrayOutputStream sha1s = new ByteArrayOutputStream();
    digests.forEach(piece -> sha1s.writeBytes(piece.sha1()));
    BencodeDictionary.Builder info =
        BencodeDictionary.builder()
            .put("length", lengthBytes)
            .put("name", name)
            .put("piece length", pieceLengthBytes)
            .put("pieces", sha1s.toByteArray());
    BencodeDictionary.Builder torrent = BencodeDictionary.builder();
    if (format == TorrentFormat.HYBRID) {
      addV2(info, torrent, name, lengthBytes, pieceLengthBytes, digests);
    }
    try {
      return Metainfo.parse(Bencode.encode(torrent.put("info", info.build()).build()));
    } catch (MetainfoException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void addV2(
      BencodeDictionary.Builder info,
      BencodeDictionary.Builder torrent,
      String name,
      long lengthBytes,
      int pieceLengthBytes,
      List<PieceDigests> digests) {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    digests.forEach(piece -> layer.writeBytes(piece.pieceRoot()));
    BencodeDictionary.Builder layers = BencodeDictionary.builder();
    byte[] piecesRoot = digests.get(0).fileRoot();
    if (lengthBytes > pieceLengthBytes) {
      int height = MerkleHasher.height(pieceLengthBytes);
      piecesRoot = new MerkleHasher().rootOfLayer(layer.toByteArray(), height);
      layers.put(BencodeString.of(piecesRoot), BencodeString.of(layer.toByteArray()));
    }
    info.put("file tree", fileTree(name, lengthBytes, piecesRoot)).put("meta version", 2);
    torrent.put("piece layers", layers.build());
  }

  private static BencodeDictionary fileTree(String name, long lengthBytes, byte[] piecesRoot) {
    BencodeDictionary file =
        BencodeDictionary.builder()
            .put("length", lengthBytes)
            .put("pieces root", piecesRoot)
            .build();
    return BencodeDictionary.builder()
        .put(name, BencodeDictionary.builder().put("", file).build())
        .build();
  }
}
