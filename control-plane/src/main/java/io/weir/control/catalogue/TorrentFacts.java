package io.weir.control.catalogue;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.TorrentFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue has to know of a metainfo without reading it again.
 *
 * @param lengthBytes length of all files together
 * @param pieceLengthBytes length of every piece but the last
 * @param pieces how many there are
 * @param infoHash v1, null for v2 only
 * @param infoHashV2 null for v1 only
 * @param firstFile path of the first file that is no padding, below the torrent's name; empty for a
 *     single-file torrent, whose name is the file's
 */
public record TorrentFacts(
    long lengthBytes,
    int pieceLengthBytes,
    int pieces,
    @Nullable InfoHash infoHash,
    @Nullable InfoHashV2 infoHashV2,
    List<String> firstFile) {
  /** Copies. */
  public TorrentFacts {
    firstFile = List.copyOf(firstFile);
  }

  /** The facts of a parsed metainfo. */
  public static TorrentFacts of(Metainfo metainfo) {
    return new TorrentFacts(
        metainfo.totalLengthBytes(),
        metainfo.pieceLengthBytes(),
        metainfo.pieceCount(),
        metainfo.infoHash(),
        metainfo.infoHashV2(),
        metainfo.multiFile() ? firstFile(metainfo) : List.of());
  }

  /** Whether the files lie in a directory of the torrent's name. */
  public boolean multiFile() {
    return !firstFile.isEmpty();
  }

  private static List<String> firstFile(Metainfo metainfo) {
    return metainfo.files().stream()
        .filter(file -> !file.padding())
        .findFirst()
        .map(TorrentFile::path)
        .orElseThrow(); // a torrent without a byte is not parsed
  }
}
