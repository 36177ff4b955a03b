package io.weir.protocol.metainfo;

import java.util.List;

/**
 * One file of a torrent, at its place in the concatenation of all files that pieces are cut from.
 *
 * @param index position among all files, padding files counted
 * @param path the path below the torrent's name, never empty; for a single-file torrent the one
 *     element is the torrent's name
 * @param lengthBytes its length, 0 or more
 * @param offsetBytes where it begins in the concatenation
 * @param padding a BEP 47 padding file: all zeros, never offered to anyone
 */
public record TorrentFile(
    int index, List<String> path, long lengthBytes, long offsetBytes, boolean padding) {
  /** Validates and copies. */
  public TorrentFile {
    path = List.copyOf(path);
    if (index < 0 || path.isEmpty() || lengthBytes < 0 || offsetBytes < 0) {
      throw new IllegalArgumentException("torrent file out of bounds: " + index + " " + path);
    }
  }

  /** The offset just past its last byte in the concatenation. */
  public long endBytes() {
    return offsetBytes + lengthBytes;
  }
}
