package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** BitTorrent clients that nobody here wrote, with their default settings. */
enum RealClient {
  ARIA2 {
    @Override
    void assumeInstalled() {
      Installed.assumeAria2();
    }

    @Override
    void download(NetworkNamespace network, String source, Path folder) throws Exception {
      run(
          network,
          folder,
          // The only setting: end when complete, rather than go on seeding.
          List.of(
              "aria2c", "--seed-time=0", "--dir=" + folder, "--console-log-level=notice", source));
    }
  },
  LIBTORRENT {
    @Override
    void assumeInstalled() {
      Installed.assumeLibtorrent();
    }

    @Override
    void download(NetworkNamespace network, String source, Path folder) throws Exception {
      Path script = folder.resolveSibling(folder.getFileName() + "-leech.py");
      try (InputStream in = RealClient.class.getResourceAsStream("leech.py")) {
        Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
      }
      run(network, folder, List.of(Installed.PYTHON, script.toString(), source, folder.toString()));
    }
  },
  TRANSMISSION {
    @Override
    void assumeInstalled() {
      Installed.assumeTransmission();
    }

    /** It drops peers on 127.0.0.0/8 and keeps one an address, hence an address of its own. */
    @Override
    void download(NetworkNamespace network, String source, Path folder) throws Exception {
      Path config = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-conf"));
      Process daemon =
          network
              .command(
                  List.of(
                      "transmission-daemon",
                      "--foreground",
                      "--config-dir=" + config,
                      "--download-dir=" + folder,
                      "--bind-address-ipv4=" + NetworkNamespace.CLIENT_ADDRESS,
                      "--rpc-bind-address=127.0.0.1",
                      "--no-auth"))
              .redirectErrorStream(true)
              .redirectOutput(log(folder).toFile())
              .start();
      try {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (remote(network, "--add", source).exitValue() != 0) {
          assertTrue(
              daemon.isAlive() && System.nanoTime() < deadline, "transmission did not start");
        }
        String done = "";
        while (!done.contains("Percent Done: 100%") || done.contains("Verifying")) {
          if (System.nanoTime() > deadline) {
            fail("transmission did not complete in time:\n" + done + Files.readString(log(folder)));
          }
          done = output(remote(network, "--torrent=1", "--info"));
        }
      } finally {
        daemon.destroy();
        daemon.waitFor();
      }
    }

    private static Process remote(NetworkNamespace network, String... options) throws Exception {
      List<String> command = new ArrayList<>(List.of("transmission-remote", "127.0.0.1:9091"));
      command.addAll(List.of(options));
      Process process = network.command(command).redirectErrorStream(true).start();
      process.waitFor();
      return process;
    }
  };

  private static final int TIMEOUT_SECONDS = 100;

  /** Skips the test where the client is missing. */
  abstract void assumeInstalled();

  /** Downloads from a .torrent's path or a magnet link, alone in the swarm beside the edges. */
  abstract void download(NetworkNamespace network, String source, Path folder) throws Exception;

  private static void run(NetworkNamespace network, Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path log = log(folder);
    ProcessBuilder builder =
        network.command(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Caches and histories of a user's own client must not reach into a test.
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail(command.get(0) + " did not complete in time:\n" + Files.readString(log));
    }
    assertEquals(0, process.exitValue(), () -> command + " failed, see " + tail(log));
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Path log(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
