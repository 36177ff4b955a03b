package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a torrent that has been laid out and hashed (BEP 3, BEP 47, BEP 52), without trackers.
 * Made for one torrent; recurses as deep as directories nest.
 */
final class TorrentEncoder {
  private final TorrentFormat format;
  private final String name;
  private final boolean multiFile;
  private final FileLayout layout;
  private final List<PieceDigests> digests;
  private final MerkleHasher hasher = new MerkleHasher();
  private final BencodeDictionary.Builder layers = BencodeDictionary.builder();

  /** With content files in the order of the file tree, and a digest for each piece. */
  TorrentEncoder(
      TorrentFormat format,
      String name,
      boolean multiFile,
      FileLayout layout,
      List<PieceDigests> digests) {
    this.format = format;
    this.name = name;
    this.multiFile = multiFile;
    this.layout = layout;
    this.digests = digests;
  }

  byte[] encode() {
    ByteArrayOutputStream sha1s = new ByteArrayOutputStream();
    digests.forEach(piece -> sha1s.writeBytes(piece.sha1()));
    BencodeDictionary.Builder info =
        BencodeDictionary.builder()
            .put("name", name)
            .put("piece length", layout.pieceLengthBytes())
            .put("pieces", sha1s.toByteArray());
    if (multiFile) {
      info.put("files", v1Files());
    } else {
      info.put("length", layout.totalLengthBytes());
    }
    BencodeDictionary.Builder torrent = BencodeDictionary.builder();
    if (format == TorrentFormat.HYBRID) {
      List<TorrentFile> content = layout.files().stream().filter(file -> !file.padding()).toList();
      info.put("file tree", directory(content, 0)).put("meta version", 2);
      torrent.put("piece layers", layers.build());
    }
    return Bencode.encode(torrent.put("info", info.build()).build());
  }

  private BencodeList v1Files() {
    List<BencodeValue> files = new ArrayList<>(layout.files().size());
    for (TorrentFile file : layout.files()) {
      BencodeDictionary.Builder entry =
          BencodeDictionary.builder()
              .put("length", file.lengthBytes())
              .put("path", BencodeList.ofTexts(file.path()));
      if (file.padding()) {
        entry.put("attr", "p");
      }
      files.add(entry.build());
    }
    return new BencodeList(files);
  }

  /** Of files that share their first elements and are sorted by the next. */
  private BencodeDictionary directory(List<TorrentFile> files, int depth) {
    BencodeDictionary.Builder directory = BencodeDictionary.builder();
    int from = 0;
    while (from < files.size()) {
      String element = files.get(from).path().get(depth);
      int to = from + 1;
      while (to < files.size() && files.get(to).path().get(depth).equals(element)) {
        to++;
      }
      TorrentFile first = files.get(from);
      directory.put(
          element,
          first.path().size() == depth + 1
              ? BencodeDictionary.builder().put("", file(first)).build()
              : directory(files.subList(from, to), depth + 1));
      from = to;
    }
    return directory.build();
  }

  private BencodeDictionary file(TorrentFile file) {
    BencodeDictionary.Builder entry = BencodeDictionary.builder().put("length", file.lengthBytes());
    if (file.lengthBytes() > 0) {
      entry.put("pieces root", piecesRoot(file));
    }
    return entry.build();
  }

  private byte[] piecesRoot(TorrentFile file) {
    int pieceLength = layout.pieceLengthBytes();
    int firstPiece = (int) (file.offsetBytes() / pieceLength);
    if (file.lengthBytes() <= pieceLength) {
      return digests.get(firstPiece).fileRoot();
    }
    int pieces = (int) ((file.lengthBytes() - 1) / pieceLength) + 1;
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    digests
        .subList(firstPiece, firstPiece + pieces)
        .forEach(piece -> layer.writeBytes(piece.pieceRoot()));
    byte[] root = hasher.rootOfLayer(layer.toByteArray(), MerkleHasher.height(pieceLength));
    layers.put(BencodeString.of(root), BencodeString.of(layer.toByteArray()));
    return root;
  }
}
