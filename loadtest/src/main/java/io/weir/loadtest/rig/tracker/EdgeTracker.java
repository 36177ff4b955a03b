package io.weir.loadtest.rig.tracker;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link EdgeTrackerMain} in a JVM of its own, from this one's class path. */
public final class EdgeTracker {
  /**
   * Starts it on free ports of 127.0.0.1, and returns once it answers for every content.
   *
   * @param dir made where it is missing; used again, it starts faster
   * @param contents how many it is to know
   * @param prefix what its command line begins with, such as {@code taskset -c 0}
   * @param jvmOptions of its JVM
   */
  public static TrackerProcess start(
      Path dir, int contents, List<String> prefix, List<String> jvmOptions) throws IOException {
    Files.createDirectories(dir);
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            EdgeTrackerMain.class.getName(),
            dir.toString(),
            String.valueOf(contents)));
    Path log = dir.resolve("edge.log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader output = process.inputReader();
    String udpPort = output.readLine();
    String httpPort = output.readLine();
    if (udpPort == null || httpPort == null) {
      process.destroyForcibly();
      throw new IOException("the edge did not start, see " + log);
    }
    return new TrackerProcess(
        process, command, at(udpPort), at(httpPort), dir.resolve(EdgeTrackerMain.INFO_HASHES));
  }

  private static InetSocketAddress at(String port) throws IOException {
    return new InetSocketAddress(
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Integer.parseInt(port));
  }

  private EdgeTracker() {}
}
