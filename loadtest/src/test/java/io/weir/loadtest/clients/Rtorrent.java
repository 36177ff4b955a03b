package io.weir.loadtest.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** rtorrent without a terminal, which touches a file when it is complete. */
final class Rtorrent implements TorrentClient {
  private static final String ADDRESS = NetworkNamespace.clientAddress(2);

  @Override
  public void assumeInstalled() {
    Installed.assumeRuns("rtorrent", "rtorrent", "-h");
  }

  @Override
  public void download(Network network, String source, Path folder) throws Exception {
    Path session = Files.createDirectories(ClientProcess.beside(folder, "session"));
    Path complete = session.resolve("complete");
    Path settings =
        Files.write(
            ClientProcess.beside(folder, "rc"),
            List.of(
                "system.daemon.set = true",
                "directory.default.set = \"" + folder + "\"",
                "session.path.set = \"" + session + "\"",
                "network.bind_address.set = " + ADDRESS,
                "method.set_key = event.download.finished, test_complete, \"execute2 = {touch,"
                    + complete
                    + "}\""));
    List<String> command = List.of("rtorrent", "-n", "-o", "import=" + settings, source);
    try (ClientProcess daemon = ClientProcess.start(network, folder, command)) {
      daemon.await(() -> Files.exists(complete));
    }
  }
}
