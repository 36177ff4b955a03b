package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Skips a test, saying why, where the real program that it needs is missing. */
final class Installed {
  /** Debian's interpreter, for which Debian packages libtorrent's binding. */
  static final String PYTHON = "/usr/bin/python3";

  static void assumeAria2() {
    assumeRuns("aria2c", "aria2c", "--version");
  }

  static void assumeLibtorrent() {
    assumeRuns("python3-libtorrent", PYTHON, "-c", "import libtorrent");
  }

  static void assumeTransmission() {
    assumeRuns("transmission-daemon", "transmission-daemon", "--version");
    assumeRuns("transmission-cli", "transmission-remote", "--version");
  }

  static void assumeCurl() {
    assumeRuns("curl", "curl", "--version");
  }

  static void assumeNamespaces() {
    assumeTrue(
        NetworkNamespace.available(), "no network namespaces here (util-linux, iproute2, kernel)");
  }

  private static void assumeRuns(String what, String... command) {
    assumeTrue(runs(command), what + " is not installed");
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.waitFor();
      // transmission-daemon answers --version with status 1: that it started is what counts.
      return process.exitValue() == 0 || command[0].startsWith("transmission");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Installed() {}
}
