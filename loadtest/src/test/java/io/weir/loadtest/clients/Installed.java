package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Skips a test, saying why, where the real program that it needs is missing. */
final class Installed {
  static void assumeCurl() {
    assumeRuns("curl", "curl", "--version");
  }

  static void assumeNamespaces() {
    assumeTrue(
        NetworkNamespace.available(), "no network namespaces here (util-linux, iproute2, kernel)");
  }

  /** Requires a command that succeeds. */
  static void assumeRuns(String what, String... command) {
    assumeTrue(runs(command) == 0, what + " is not installed");
  }

  /** Requires a command that is there, whatever its exit status: some fail at telling a version. */
  static void assumeStarts(String what, String... command) {
    assumeTrue(runs(command) >= 0, what + " is not installed");
  }

  /** Its exit status, or -1 where there is no such program. */
  private static int runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private Installed() {}
}
