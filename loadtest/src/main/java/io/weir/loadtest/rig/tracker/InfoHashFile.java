package io.weir.loadtest.rig.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Info-hashes in text, 40 hexadecimal digits a line: also what opentracker's whitelist is. */
public final class InfoHashFile {
  /**
   * Reads them, blank lines left out.
   *
   * @throws IOException if it cannot be read, or naming the line that is no info-hash
   */
  public static List<InfoHash> read(Path file) throws IOException {
    List<InfoHash> infoHashes = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      try {
        if (!line.isBlank()) {
          infoHashes.add(InfoHash.fromHex(line.strip()));
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ":" + number + ": no info-hash", e);
      }
    }
    return infoHashes;
  }

  /** Writes them. */
  public static void write(Path file, List<InfoHash> infoHashes) throws IOException {
    Files.write(file, infoHashes.stream().map(InfoHash::toHex).toList());
  }

  /** Info-hashes of no torrent, for a tracker that takes any. */
  public static List<InfoHash> random(int count, RandomGenerator random) {
    List<InfoHash> infoHashes = new ArrayList<>();
    byte[] bytes = new byte[InfoHash.LENGTH_BYTES];
    for (int i = 0; i < count; i++) {
      random.nextBytes(bytes);
      infoHashes.add(InfoHash.of(bytes));
    }
    return infoHashes;
  }

  private InfoHashFile() {}
}
