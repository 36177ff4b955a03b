package io.weir.origin.spool;

import java.nio.file.Path;

/**
 * One piece of a content version.
 *
 * @param content the content version
 * @param piece its index in the torrent, 0 or more
 */
record PieceKey(ContentKey content, int piece) {
  /** So that a piece is never taken for a directory, nor the other way round. */
  static final String SUFFIX = ".piece";

  Path below(Path directory) {
    return content.below(directory).resolve(piece + SUFFIX);
  }
}
