package io.weir.loadtest.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** qBittorrent without a window, asked by its web interface. */
final class Qbittorrent implements TorrentClient {
  private static final String ADDRESS = NetworkNamespace.clientAddress(5);
  private static final int WEB_PORT = 8090;

  @Override
  public void assumeInstalled() {
    Installed.assumeRuns("qbittorrent-nox", "qbittorrent-nox", "--version");
    Installed.assumeCurl();
  }

  @Override
  public void download(Network network, String source, Path folder) throws Exception {
    Path profile = ClientProcess.beside(folder, "profile");
    Path config = Files.createDirectories(profile.resolve("qBittorrent/config"));
    Files.write(
        config.resolve("qBittorrent.conf"),
        List.of(
            "[LegalNotice]",
            "Accepted=true",
            "[Preferences]",
            "WebUI\\Address=127.0.0.1",
            "WebUI\\LocalHostAuth=false",
            "WebUI\\Port=" + WEB_PORT,
            "[BitTorrent]",
            "Session\\InterfaceAddress=" + ADDRESS));
    List<String> command =
        List.of("qbittorrent-nox", "--profile=" + profile, "--save-path=" + folder, source);
    Curl curl = new Curl(network);
    try (ClientProcess daemon = ClientProcess.start(network, folder, command)) {
      daemon.await(
          () ->
              curl.get("http://127.0.0.1:" + WEB_PORT + "/api/v2/torrents/info")
                  .text()
                  .contains("\"progress\":1,"));
    }
  }
}
