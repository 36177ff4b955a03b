package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;

/** aria2: ends by itself. */
final class Aria2 implements TorrentClient {
  private static final String ADDRESS = NetworkNamespace.clientAddress(3);

  @Override
  public void assumeInstalled() {
    Installed.assumeRuns("aria2c", "aria2c", "--version");
  }

  @Override
  public void download(Network network, String source, Path folder) throws Exception {
    List<String> command =
        List.of(
            "aria2c",
            "--interface=" + ADDRESS,
            // To end when complete, rather than go on seeding.
            "--seed-time=0",
            "--dir=" + folder,
            "--console-log-level=info",
            source);
    try (ClientProcess run = ClientProcess.start(network, folder, command)) {
      run.awaitEnd();
      assertFalse(run.output().contains("we got wrong piece"), "aria2 met a bad piece");
    }
  }
}
