package io.weir.loadtest.clients;

import java.nio.file.Path;

/** How the tests drive a BitTorrent client: with its default settings, at an address of its own. */
interface TorrentClient {
  /** Skips the test where the client is missing. */
  void assumeInstalled();

  /**
   * Downloads from a .torrent's path or a magnet link, alone in the swarm beside the edges, and
   * ends the client; fails if it does not complete or says that a piece was bad. Its logs and
   * settings lie beside the folder.
   *
   * @param folder where the files go, there and empty
   */
  void download(Network network, String source, Path folder) throws Exception;

  /** The path, below the folder, that it gives to a file of a torrent. */
  default String pathOnDisk(String path) {
    return path;
  }
}
