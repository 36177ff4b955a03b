package io.weir.protocol.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Torrents that are damaged at random are read or refused, never anything else. */
class MetainfoMutationTest {
  private static final int MUTANTS = 20_000;
  private static final String ALPHABET = "0123456789:ilde-";

  @ParameterizedTest
  @ValueSource(
      strings = {
        LibtorrentVectors.SINGLE_HYBRID,
        LibtorrentVectors.MULTI_HYBRID,
        LibtorrentVectors.MULTI_V2,
        LibtorrentVectors.MULTI_V1
      })
  void damagedTorrentsAreReadOrRefused(String vector) {
    byte[] valid = LibtorrentVectors.torrent(vector);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(valid, random);
            try {
              checkReadable(Metainfo.parse(mutant));
            } catch (MetainfoException refused) {
              assertTrue(refused.getMessage().length() > 5, "seed " + seed);
            } catch (RuntimeException | Error e) {
              fail("seed " + seed + " mutant " + i, e);
            }
          }
        },
        "seed " + seed);
  }

  /** What was accepted has pieces that add up and can be asked for. */
  static void checkReadable(Metainfo metainfo) throws MetainfoException {
    for (int piece = 0; piece < Math.min(100, metainfo.pieceCount()); piece++) {
      int length = metainfo.slices(piece).stream().mapToInt(FileSlice::lengthBytes).sum();
      assertEquals(metainfo.pieceLengthBytes(piece), length);
      metainfo.verify(piece, ByteBuffer.allocate(Math.min(length, 100_000)));
    }
    byte[] written = metainfo.toTorrent(metainfo.announceTiers(), metainfo.webSeeds());
    assertEquals(metainfo.info(), Metainfo.parse(written).info());
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] mutant = valid;
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      mutant = edit(mutant, random);
    }
    return mutant;
  }

  private static byte[] edit(byte[] input, Random random) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(12));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    switch (random.nextInt(6)) {
      case 0 -> out.writeBytes(Arrays.copyOfRange(input, to, input.length));
      case 1 -> {
        out.write(random.nextInt(256));
        out.writeBytes(Arrays.copyOfRange(input, from, input.length));
      }
      case 2 -> {
        out.writeBytes(Arrays.copyOfRange(input, from, to));
        out.writeBytes(Arrays.copyOfRange(input, from, input.length));
      }
      case 3 -> {
        out.write(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        out.writeBytes(Arrays.copyOfRange(input, Math.min(input.length, from + 1), input.length));
      }
      case 4 -> {
        out.write(random.nextInt(256));
        out.writeBytes(Arrays.copyOfRange(input, Math.min(input.length, from + 1), input.length));
      }
      default -> {}
    }
    return out.size() == 0 ? new byte[] {'d'} : out.toByteArray();
  }
}
