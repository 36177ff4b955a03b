package io.weir.loadtest.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that nobody here wrote: peers and web seeds at once, told to keep asking. */
final class Aria2 {
  private Aria2() {}

  static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("aria2c", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Downloads a torrent of one file into a folder of its own, and compares. */
  static void download(Path torrent, String name, byte[] expected, long deadlineNanos)
      throws Exception {
    Path folder = Files.createDirectories(Path.of(torrent + ".aria2"));
    Path log = Path.of(torrent + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    "aria2c",
                    "--no-conf",
                    "--seed-time=0",
                    "--enable-dht=false",
                    "--bt-enable-lpd=false",
                    "--bt-tracker-interval=2",
                    "--max-tries=0",
                    "--retry-wait=1",
                    "--max-overall-download-limit=3M",
                    "--dir=" + folder,
                    torrent.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("aria2 did not finish:\n" + tail(log));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() != 0
        || !Arrays.equals(expected, Files.readAllBytes(folder.resolve(name)))) {
      throw new AssertionError("aria2 ended with " + process.exitValue() + ":\n" + tail(log));
    }
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
