package io.weir.origin.spool;

import java.nio.file.Path;

/**
 * One piece of one file of a content version.
 *
 * @param content the content version
 * @param fileIndex position of the file in the torrent, 0 or more
 * @param chunk position of the piece in the file, 0 or more
 */
public record ChunkKey(ContentKey content, int fileIndex, int chunk) {
  Path below(Path directory) {
    return content
        .below(directory)
        .resolve(Integer.toString(fileIndex))
        .resolve(Integer.toString(chunk));
  }
}
