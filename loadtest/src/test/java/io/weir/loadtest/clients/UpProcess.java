package io.weir.loadtest.clients;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.loadtest.WeirMain;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A {@code weir up --json} of its own process, ready to be used and told to go by SIGTERM. */
public final class UpProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  /** Of this process and, under {@code --separate}, of each role's. */
  private static final String JAVA_OPTS = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Process process;
  private final JsonNode ready;
  private final Path stderr;

  private UpProcess(Process process, JsonNode ready, Path stderr) {
    this.process = process;
    this.ready = ready;
    this.stderr = stderr;
  }

  /** Starts on this machine's own network. */
  public static UpProcess start(Path dir, String... options) throws IOException {
    try (DocumentedPorts held = new DocumentedPorts()) {
      return start(dir, ProcessBuilder::new, options);
    }
  }

  /**
   * Starts where the launcher of commands says, and waits until everything published is ready.
   *
   * @throws IOException with what it wrote to stderr, if it ended before
   */
  static UpProcess start(
      Path dir, Function<List<String>, ProcessBuilder> launcher, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WeirMain.class.getName(),
                "up",
                "--json",
                "--dir",
                dir.toString()));
    command.addAll(List.of(options));
    Path stderr = Files.createTempFile(dir.toAbsolutePath().getParent(), "up", ".err");
    ProcessBuilder builder = launcher.apply(command).redirectError(stderr.toFile());
    builder.environment().put("WEIR_JAVA_OPTS", JAVA_OPTS);
    Process process = builder.start();
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("up ended before it was ready:\n" + Files.readString(stderr));
    }
    return new UpProcess(process, Json.MAPPER.readTree(line), stderr);
  }

  /**
   * A role's process, started by hand; it logs beside its configuration.
   *
   * @param main its main class
   * @param config as up wrote it
   */
  public static Process startRole(Class<?> main, Path config) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JAVA_OPTS.split(" ")));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            "serve",
            "--config",
            config.toString(),
            "--end-with-stdin"));
    Path log = Path.of(config + ".log");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** What it has written to stderr so far. */
  public String stderr() throws IOException {
    return Files.readString(stderr);
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The line that it printed. */
  public JsonNode ready() {
    return ready;
  }

  /** The entry of its only or first content. */
  JsonNode content() {
    return ready.at("/contents/0");
  }

  /** SIGTERM; returns its exit status. */
  public int stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("up did not end within " + STOP_SECONDS + " s of SIGTERM");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
