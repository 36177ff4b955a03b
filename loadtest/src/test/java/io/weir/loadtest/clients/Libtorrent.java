package io.weir.loadtest.clients;

import java.nio.file.Path;
import java.util.List;

/** libtorrent by its Python binding, which tells by its exit status how it went. */
final class Libtorrent implements TorrentClient {
  private static final String ADDRESS = NetworkNamespace.clientAddress(4);

  /** Debian's interpreter, for which Debian packages libtorrent's binding. */
  static final String PYTHON = "/usr/bin/python3";

  @Override
  public void assumeInstalled() {
    Installed.assumeRuns("python3-libtorrent", PYTHON, "-c", "import libtorrent");
  }

  @Override
  public void download(Network network, String source, Path folder) throws Exception {
    Path script = Script.LEECH.copyTo(ClientProcess.beside(folder, "leech.py"));
    List<String> command = List.of(PYTHON, script.toString(), source, folder.toString(), ADDRESS);
    try (ClientProcess run = ClientProcess.start(network, folder, command)) {
      run.awaitEnd();
    }
  }
}
