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
import java.util.stream.Stream;

/**
 * One process of Weir with a configuration file of the test's: started, asked, stopped, killed,
 * started again. What it logs goes on in one file.
 */
final class Role implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Class<?> main;
  private final Path folder;
  private final Network network;
  private final Curl curl;
  private final String adminUrl;
  private Process process;

  /**
   * A process that is not started yet.
   *
   * @param main its main class
   * @param folder where its configuration and its log lie, its name before them
   * @param adminUrl base URL of its health and metrics
   */
  Role(String name, Class<?> main, Path folder, Network network, String adminUrl) {
    this.name = name;
    this.main = main;
    this.folder = folder;
    this.network = network;
    this.curl = new Curl(network);
    this.adminUrl = adminUrl;
  }

  /** Writes its configuration, for the next start. */
  void configure(String yaml) throws IOException {
    Files.writeString(configFile(), yaml);
  }

  /** Starts it, and returns when it is healthy. */
  void start() throws Exception {
    List<String> command = JavaCommand.of(main, "serve", "--config", configFile().toString());
    process =
        network
            .command(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
            .start();
    Await.until(
        PATIENCE,
        () -> {
          assertTrue(process.isAlive(), () -> name + " did not start:\n" + log());
          return curl.get(adminUrl + "/healthz").status() == 200;
        },
        () -> name + " is not healthy:\n" + log());
  }

  /** SIGTERM; it has to end well. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail(name + " did not end on SIGTERM:\n" + log());
    }
    assertEquals(0, process.exitValue(), () -> name + " ended badly:\n" + log());
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The sum of a counter's samples whose labels hold this text; 0 where there are none. */
  long metric(String sample, String label) throws IOException, InterruptedException {
    return samples(sample)
        .filter(line -> line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** The sum of all of a metric's samples. */
  long metric(String sample) throws IOException, InterruptedException {
    return metric(sample, "");
  }

  /** The lines of a metric that are not nought. */
  List<String> rises(String sample) throws IOException, InterruptedException {
    return samples(sample).filter(line -> !line.endsWith(" 0.0")).toList();
  }

  private Stream<String> samples(String sample) throws IOException, InterruptedException {
    return curl.get(adminUrl + "/metrics")
        .text()
        .lines()
        .filter(line -> line.matches("\\Q" + sample + "\\E[ {].*"));
  }

  /** Everything that it has logged, over all its runs. */
  String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path configFile() {
    return folder.resolve(name + ".yaml");
  }

  private Path logFile() {
    return folder.resolve(name + ".log");
  }

  /** Kills it if it still runs: tests that look at its end stop it themselves. */
  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
