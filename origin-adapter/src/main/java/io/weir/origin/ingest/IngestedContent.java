package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.SpoolShelf;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.io.IOException;

/**
 * A content whose ingest is done, as fills see it. One for each registration: a version that was
 * deleted and registered anew is another content, though its key is the same. Any thread.
 */
public final class IngestedContent {
  /**
   * What it takes to read and verify pieces: as much memory as the content has files and pieces.
   *
   * @param metainfo the hashes
   * @param files where the bytes are
   * @param encodedBytes length on disk, of which the memory is a small multiple
   */
  public record Parts(Metainfo metainfo, ContentFiles files, long encodedBytes) {}

  private final Ingest ingest;
  private final IngestFiles files;

  IngestedContent(Ingest ingest, IngestFiles files) {
    this.ingest = ingest;
    this.files = files;
  }

  /** The content version. */
  public ContentKey key() {
    return ingest.key();
  }

  /** Its spooled pieces. */
  public SpoolShelf shelf() {
    return ingest.shelf();
  }

  /** Whether its torrent is the publisher's, whatever objects the origin has. */
  public boolean isImported() {
    return ingest.isImported();
  }

  /** Reads its parts from disk, anew each time. */
  public Parts read() throws IOException {
    byte[] torrent = files.metainfo(key());
    try {
      Metainfo metainfo = Metainfo.parse(torrent);
      ContentFiles content =
          new ContentFiles(ingest.request().origin(), metainfo.layout(), files.objects(key()));
      return new Parts(metainfo, content, torrent.length + files.objectsBytes(key()));
    } catch (MetainfoException | IllegalArgumentException e) {
      throw new IOException("the files of " + key() + " are damaged: " + e.getMessage(), e);
    }
  }

  /** Marks it as one whose origin has other objects now, unless it is imported. */
  public void onOriginChanged(String why) {
    ingest.markChanged(why);
  }
}
