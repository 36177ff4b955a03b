package io.weir.control;

import io.weir.protocol.config.ConfigFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control plane in a process of its own, to be killed without a word. */
final class ControlPlaneProcess implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("control plane started url=(\\S+)");

  private final Process process;
  private final String url;

  private ControlPlaneProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits until it answers. */
  static ControlPlaneProcess start(Path dir, ControlPlaneConfig config) throws IOException {
    Path file = Files.writeString(dir.resolve("control-plane.yaml"), ConfigFile.print(config));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ControlPlaneMain.class.getName(),
                "serve",
                "--config",
                file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader log = process.errorReader();
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return new ControlPlaneProcess(process, started.group(1));
      }
    }
    throw new IOException("the control plane ended: " + said);
  }

  String url() {
    return url;
  }

  /** SIGKILL; returns once it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
