package io.weir.loadtest.clients;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.loadtest.WeirMain;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A {@code weir up --json} of its own process, ready to be used and told to go by SIGTERM. */
final class UpProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final JsonNode ready;

  private UpProcess(Process process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /** Starts on this machine's own network. */
  static UpProcess start(Path dir, String... options) throws IOException {
    return start(dir, ProcessBuilder::new, options);
  }

  /** Starts where the launcher of commands says, and waits until everything published is ready. */
  static UpProcess start(
      Path dir, Function<List<String>, ProcessBuilder> launcher, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                WeirMain.class.getName(),
                "up",
                "--json",
                "--dir",
                dir.toString()));
    command.addAll(List.of(options));
    Process process =
        launcher.apply(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("up ended before it was ready");
    }
    return new UpProcess(process, Json.MAPPER.readTree(line));
  }

  /** The line that it printed. */
  JsonNode ready() {
    return ready;
  }

  /** The entry of its only or first content. */
  JsonNode content() {
    return ready.at("/contents/0");
  }

  /** SIGTERM; returns its exit status. */
  int stop() {
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
