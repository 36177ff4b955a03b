package io.weir.protocol.metainfo;

import java.util.List;

/**
 * Checks that the two halves of a hybrid torrent describe the same bytes: the same content in the
 * same order, each file beginning at a piece, with no more padding than that takes (BEP 52).
 */
final class HybridFiles {
  private HybridFiles() {}

  static void check(List<TorrentFile> v1, List<FileTree.Entry> v2, int pieceLengthBytes)
      throws MetainfoException {
    List<TorrentFile> content = v1.stream().filter(file -> !file.padding()).toList();
    if (content.size() != v2.size()) {
      throw new MetainfoException("file tree: not as many files as the v1 part");
    }
    long end = 0;
    for (int i = 0; i < v2.size(); i++) {
      TorrentFile file = content.get(i);
      FileTree.Entry entry = v2.get(i);
      if (!file.path().equals(entry.path())) {
        throw new MetainfoException("file tree: other paths or order than the v1 part");
      }
      if (file.lengthBytes() != entry.lengthBytes()) {
        throw new MetainfoException("file tree: other file lengths than the v1 part");
      }
      if (file.lengthBytes() > 0) {
        if (file.offsetBytes() != FileTree.align(end, pieceLengthBytes)) {
          throw new MetainfoException("files: not padded to begin at a piece each");
        }
        end = file.endBytes();
      }
    }
    long total = v1.isEmpty() ? 0 : v1.get(v1.size() - 1).endBytes();
    if (total != end && total != FileTree.align(end, pieceLengthBytes)) {
      throw new MetainfoException("files: more padding than the last piece needs");
    }
  }
}
