package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Transmission's daemon, asked by {@code transmission-remote}. It drops peers on 127.0.0.0/8 and
 * keeps one an address, hence an address of its own.
 */
final class Transmission implements TorrentClient {
  private static final String ADDRESS = NetworkNamespace.clientAddress(1);

  @Override
  public void assumeInstalled() {
    Installed.assumeStarts("transmission-daemon", "transmission-daemon", "--version");
    Installed.assumeStarts("transmission-cli", "transmission-remote", "--version");
  }

  @Override
  public void download(Network network, String source, Path folder) throws Exception {
    Path config = Files.createDirectories(ClientProcess.beside(folder, "conf"));
    List<String> command =
        List.of(
            "transmission-daemon",
            "--foreground",
            "--config-dir=" + config,
            "--download-dir=" + folder,
            "--bind-address-ipv4=" + ADDRESS,
            "--rpc-bind-address=127.0.0.1",
            "--no-auth");
    try (ClientProcess daemon = ClientProcess.start(network, folder, command)) {
      daemon.await(() -> remote(network, "--add", source).contains("success"));
      daemon.await(() -> isComplete(remote(network, "--torrent=1", "--info")));
      String info = remote(network, "--torrent=1", "--info");
      assertTrue(info.contains("Corrupt DL: None"), () -> "transmission met a bad piece:\n" + info);
    }
  }

  /** It spares names what Windows would not take. */
  @Override
  public String pathOnDisk(String path) {
    return path.replaceAll("[<>:\"\\\\|?*]", "_").replaceAll("\\.$", "");
  }

  private static boolean isComplete(String info) {
    return info.contains("Percent Done: 100%") && !info.contains("Verifying");
  }

  private static String remote(Network network, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("transmission-remote", "127.0.0.1:9091"));
    command.addAll(List.of(options));
    Process process = network.command(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
