package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every contender is given.
 *
 * @param dir for what they write
 * @param content the file that is served
 * @param origin where it can be read over HTTP, for those that cache
 * @param certificate for those that speak TLS
 * @param cores which cores server and generator run on
 */
public record Bench(Path dir, Path content, URI origin, Certificate certificate, Cores cores) {
  /** Traffic Server does not start with less. */
  private static final long MIN_CACHE_BYTES = 256L << 20;

  /** Everything listens here. */
  public static final String HOST = "127.0.0.1";

  /** A directory of a contender's own. */
  Path dirOf(String contender) throws IOException {
    return Files.createDirectories(dir.resolve(contender));
  }

  /** The content's .torrent; there from when an edge of ours has published the content. */
  Path torrent() {
    return dir.resolve("content.torrent");
  }

  /**
   * The swarms of the tracker rows, an {@link io.weir.loadtest.rig.tracker.InfoHashFile}; there
   * from when a tracker of ours has been started.
   */
  Path infoHashes() {
    return dir.resolve("info-hashes.txt");
  }

  /** The content's name in URLs. */
  String contentName() {
    return content.getFileName().toString();
  }

  /** How many bytes a cache needs that is to hold all of the content. */
  long cacheBytes() throws IOException {
    return Math.max(MIN_CACHE_BYTES, 2 * Files.size(content));
  }

  /** A port that is free now. */
  int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
