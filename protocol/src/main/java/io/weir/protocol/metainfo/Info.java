package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked info dictionary. It has a v1 half, a v2 half or both.
 *
 * @param name the torrent's name
 * @param multiFile whether files lie below a directory of that name
 * @param isPrivate BEP 27
 * @param layout files and pieces
 * @param sha1s the v1 piece hashes one after the other, null without a v1 half
 * @param tree the v2 files, in the order of the layout's content; null without a v2 half
 */
record Info(
    String name,
    boolean multiFile,
    boolean isPrivate,
    FileLayout layout,
    byte @Nullable [] sha1s,
    @Nullable List<FileTree.Entry> tree) {

  private static final long META_VERSION = 2;

  static Info read(BencodeDictionary info) throws BencodeException, MetainfoException {
    boolean v1 = info.find("pieces") != null;
    boolean v2 = hasV2(info);
    if (!v1 && !v2) {
      throw new MetainfoException("pieces: key is missing");
    }
    String name = PathElement.read("name", info.string("name"));
    int pieceLength = PieceLength.check(info.integer("piece length"), v2);
    List<FileTree.Entry> tree = v2 ? FileTree.read(info) : null;
    List<TorrentFile> files =
        tree == null || v1 ? V1Files.read(info, name) : FileTree.alignedFiles(tree, pieceLength);
    if (tree != null && v1) {
      HybridFiles.check(files, tree, pieceLength);
    }
    FileLayout layout = FileLayout.of(files, pieceLength);
    boolean multiFile =
        v1
            ? info.find("files") != null
            : files.size() > 1 || !files.get(0).path().equals(List.of(name));
    Long privateFlag = info.findInteger("private");
    return new Info(
        name,
        multiFile,
        privateFlag != null && privateFlag == 1,
        layout,
        v1 ? sha1s(info, layout.pieceCount()) : null,
        tree);
  }

  private static boolean hasV2(BencodeDictionary info) throws BencodeException, MetainfoException {
    Long metaVersion = info.findInteger("meta version");
    if (metaVersion == null && info.find("file tree") != null) {
      throw new MetainfoException("file tree: without meta version");
    }
    if (metaVersion != null && metaVersion != META_VERSION) {
      throw new MetainfoException("meta version: not " + META_VERSION);
    }
    return metaVersion != null;
  }

  private static byte[] sha1s(BencodeDictionary info, int pieceCount)
      throws BencodeException, MetainfoException {
    byte[] pieces = info.string("pieces").toBytes();
    if (pieces.length != (long) pieceCount * Digests.SHA1_BYTES) {
      throw new MetainfoException("pieces: not 20 bytes for each of " + pieceCount + " pieces");
    }
    return pieces;
  }
}
