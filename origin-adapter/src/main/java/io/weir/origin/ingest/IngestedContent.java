package io.weir.origin.ingest;

import io.weir.origin.source.OriginObject;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.SpoolShelf;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A content whose ingest is done, as fills see it: one file, cut into chunks of one piece each.
 *
 * @param key the content version
 * @param url where it is read from
 * @param object the version that was hashed
 * @param pieceLengthBytes length of every chunk but the last
 * @param torrent the file with its metainfo
 * @param shelf its spooled chunks
 */
public record IngestedContent(
    ContentKey key,
    URI url,
    OriginObject object,
    int pieceLengthBytes,
    Path torrent,
    SpoolShelf shelf) {
  /** Length of the content. */
  public long lengthBytes() {
    return object.lengthBytes();
  }

  /** Length of one chunk. */
  public int chunkLengthBytes(int chunk) {
    return (int) Math.min(pieceLengthBytes, lengthBytes() - (long) chunk * pieceLengthBytes);
  }

  /**
   * The hashes, read anew each time: holding them for every content would cost more than it saves.
   */
  public Metainfo metainfo() throws IOException {
    try {
      return Metainfo.parse(Files.readAllBytes(torrent));
    } catch (MetainfoException e) {
      throw new IOException(torrent + " is damaged: " + e.getMessage(), e);
    }
  }
}
