package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a real client, its output in a log beside the folder that it downloads to. */
final class ClientProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final int STOP_SECONDS = 10;
  private static final int TAIL_LINES = 60;

  private final Process process;
  private final Path log;
  private final String name;

  private ClientProcess(Process process, Path log, String name) {
    this.process = process;
    this.log = log;
    this.name = name;
  }

  static ClientProcess start(Network network, Path folder, List<String> command)
      throws IOException {
    Path log = beside(folder, "log");
    ProcessBuilder builder =
        network.command(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Caches and histories of a user's own client must not reach into a test.
    builder.environment().put("HOME", beside(folder, "home").toString());
    // Nobody answers questions for names here, and some clients end only when they have given up.
    builder.environment().put("RES_OPTIONS", "timeout:1 attempts:1");
    return new ClientProcess(builder.start(), log, command.get(0));
  }

  /** A path of this run that is not in the folder itself. */
  static Path beside(Path folder, String what) {
    return folder.resolveSibling(folder.getFileName() + "-" + what);
  }

  /** Waits for a client that ends by itself, and well, when it is complete. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail(name + " did not complete in time:\n" + tail());
    }
    assertEquals(0, process.exitValue(), () -> name + " failed:\n" + tail());
  }

  /** Waits for what a client that stays is asked. */
  void await(Await.Condition condition) throws Exception {
    Await.until(
        PATIENCE,
        () -> {
          assertTrue(process.isAlive(), () -> name + " ended early:\n" + tail());
          return condition.holds();
        },
        () -> name + ":\n" + tail());
  }

  /** Everything that it has printed. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    List<String> lines = output().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** SIGTERM, unless it has ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
