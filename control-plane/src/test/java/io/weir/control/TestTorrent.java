package io.weir.control;

import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Real hybrid torrents of seeded bytes. */
final class TestTorrent {
  static final int PIECE_BYTES = 256 << 10;

  private TestTorrent() {}

  /** What an adapter would give for an object of this many bytes. */
  static byte[] of(String name, int lengthBytes, long seed) {
    byte[] bytes = new byte[lengthBytes];
    new Random(seed).nextBytes(bytes);
    List<PieceDigests> digests = new ArrayList<>();
    for (int at = 0; at < lengthBytes; at += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, lengthBytes - at);
      digests.add(PieceDigests.of(ByteBuffer.wrap(bytes, at, length), PIECE_BYTES));
    }
    Metainfo metainfo =
        MetainfoBuilder.singleFile(TorrentFormat.HYBRID, name, lengthBytes, PIECE_BYTES, digests);
    return metainfo.toTorrent(List.of(), List.of());
  }
}
