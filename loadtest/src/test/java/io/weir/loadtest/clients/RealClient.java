package io.weir.loadtest.clients;

import java.nio.file.Path;

/** BitTorrent clients that nobody here wrote. */
enum RealClient implements TorrentClient {
  ARIA2,
  LIBTORRENT,
  TRANSMISSION,
  RTORRENT,
  QBITTORRENT;

  @Override
  public void assumeInstalled() {
    driver().assumeInstalled();
  }

  @Override
  public void download(Network network, String source, Path folder) throws Exception {
    driver().download(network, source, folder);
  }

  @Override
  public String pathOnDisk(String path) {
    return driver().pathOnDisk(path);
  }

  private TorrentClient driver() {
    return switch (this) {
      case ARIA2 -> new Aria2();
      case LIBTORRENT -> new Libtorrent();
      case TRANSMISSION -> new Transmission();
      case RTORRENT -> new Rtorrent();
      case QBITTORRENT -> new Qbittorrent();
    };
  }
}
