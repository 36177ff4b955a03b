package io.weir.protocol.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are a torrent or are refused by name; one that was read can be asked for every piece,
 * and keeps its info-hashes when it is written and read again, whole or as a bare info dictionary.
 */
class MetainfoFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.concat(
        Stream.of(
                LibtorrentVectors.SINGLE_HYBRID,
                LibtorrentVectors.SHORT_HYBRID,
                LibtorrentVectors.MULTI_HYBRID,
                LibtorrentVectors.MULTI_V2,
                LibtorrentVectors.MULTI_V1)
            .map(LibtorrentVectors::torrent),
        Stream.of(RawTorrent.v1(), RawTorrent.v2(), RawTorrent.hybrid()).map(RawTorrent::bytes));
  }

  @MethodSource("seeds")
  @FuzzTest
  void torrentIsRefusedByNameOrKeepsItsInfoHashes(byte[] torrent) throws MetainfoException {
    Metainfo metainfo;
    try {
      metainfo = Metainfo.parse(torrent);
    } catch (MetainfoException refused) {
      assertTrue(refused.getMessage().contains(" "), refused.getMessage());
      return;
    }
    MetainfoMutationTest.checkReadable(metainfo);
    Metainfo again =
        Metainfo.parse(metainfo.toTorrent(metainfo.announceTiers(), metainfo.webSeeds()));
    assertEquals(metainfo.infoHash(), again.infoHash());
    assertEquals(metainfo.infoHashV2(), again.infoHashV2());
    assertEquals(metainfo.files(), again.files());
    checkBareInfo(metainfo);
  }

  private static void checkBareInfo(Metainfo metainfo) {
    byte[] info = new byte[metainfo.info().remaining()];
    metainfo.info().get(info);
    try {
      assertEquals(metainfo.swarmHash(), Metainfo.fromInfo(info).swarmHash());
    } catch (MetainfoException withoutLayers) {
      assertEquals(null, metainfo.infoHash(), "only a v2 torrent needs its piece layers");
    }
  }
}
