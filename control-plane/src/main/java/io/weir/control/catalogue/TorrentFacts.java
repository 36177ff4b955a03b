package io.weir.control.catalogue;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import io.weir.protocol.metainfo.Metainfo;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue has to know of a metainfo without reading it again.
 *
 * @param lengthBytes length of all files together
 * @param pieceLengthBytes length of every piece but the last
 * @param pieces how many there are
 * @param infoHash v1, null for v2 only
 * @param infoHashV2 null for v1 only
 */
public record TorrentFacts(
    long lengthBytes,
    int pieceLengthBytes,
    int pieces,
    @Nullable InfoHash infoHash,
    @Nullable InfoHashV2 infoHashV2) {
  /** The facts of a parsed metainfo. */
  public static TorrentFacts of(Metainfo metainfo) {
    return new TorrentFacts(
        metainfo.totalLengthBytes(),
        metainfo.pieceLengthBytes(),
        metainfo.pieceCount(),
        metainfo.infoHash(),
        metainfo.infoHashV2());
  }
}
