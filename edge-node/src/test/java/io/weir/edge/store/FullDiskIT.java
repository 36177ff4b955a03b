package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link FullDiskProcess} on a disk in memory, in a mount namespace of its own. */
final class FullDiskIT {
  private static final String DISK_BYTES = "640m";

  @TempDir private Path disk;

  @Test
  @Timeout(120)
  void fullDiskCostsNoReaderAnythingAndStoringResumes() throws Exception {
    assumeTrue(
        inNamespace("true").start().waitFor() == 0,
        "skipped: this machine lets nobody mount a small disk in a namespace of his own");
    Process process =
        inNamespace(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskProcess.class.getName(),
                disk.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertTrue(said.contains("all claims hold"), said);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private ProcessBuilder inNamespace(String... command) {
    String mount = "mount -t tmpfs -o size=" + DISK_BYTES + " tmpfs \"$0\" && exec \"$@\"";
    List<String> unshare =
        List.of("unshare", "--map-root-user", "--mount", "sh", "-c", mount, disk.toString());
    return new ProcessBuilder(Stream.concat(unshare.stream(), Stream.of(command)).toList());
  }
}
