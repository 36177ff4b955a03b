package io.weir.loadtest.rig.tracker;

import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Contents of one small piece each, the same for the same number of them, and held by an edge that
 * is not there.
 *
 * @param metainfos v1, in order
 */
record SyntheticContents(List<Metainfo> metainfos) {
  private static final int PIECE_BYTES = 16 << 10;
  private static final NodeEndpoints SIBLING =
      new NodeEndpoints(
          "sibling",
          "http://127.0.0.2:8080",
          "127.0.0.2:6881",
          "udp://127.0.0.2:6969",
          "http://127.0.0.2:7072");

  static SyntheticContents of(int count) {
    return new SyntheticContents(
        IntStream.range(0, count).mapToObj(SyntheticContents::metainfo).toList());
  }

  private static Metainfo metainfo(int number) {
    ByteBuffer piece = ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
    return MetainfoBuilder.singleFile(
        TorrentFormat.V1,
        "content-" + number,
        piece.remaining(),
        PIECE_BYTES,
        List.of(PieceDigests.v1(piece)));
  }

  List<InfoHash> infoHashes() {
    return metainfos.stream().map(Metainfo::swarmHash).toList();
  }

  /**
   * What the control plane tells a node: all contents, ready, to be filled by the sibling alone.
   */
  Assignment assignment(@Nullable NodeEndpoints node) {
    List<AssignedContent> contents = new ArrayList<>();
    for (int number = 0; number < metainfos.size(); number++) {
      contents.add(
          new AssignedContent(
              id(number),
              1,
              true,
              metainfos.get(number).swarmHash().toHex(),
              null,
              List.of(SIBLING.id()),
              "http://127.0.0.2:7071"));
    }
    return new Assignment(1, contents, Stream.of(SIBLING, node).filter(Objects::nonNull).toList());
  }

  /** The .torrent of a content. */
  byte[] torrent(int number) {
    return metainfos.get(number).toTorrent(List.of(), List.of());
  }

  static String id(int number) {
    return "content-" + number;
  }
}
