package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A contender that is one process, with its children, and serves the content at fixed ports. */
final class ServerProcess implements Contestant {
  private static final Duration STARTED_WITHIN = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 20;
  private static final int ANSWER_MILLIS = 5_000;
  private static final int ENDED_WITHIN_SECONDS = 5;

  private final Process process;
  private final List<String> command;
  private final Map<Service, URI> addresses;

  private ServerProcess(Process process, List<String> command, Map<Service, URI> addresses) {
    this.process = process;
    this.command = command;
    this.addresses = Map.copyOf(addresses);
  }

  /**
   * Starts it and waits until it answers for the content.
   *
   * @param addresses the content's
   * @throws IOException with the end of its log, if it does not
   */
  static ServerProcess start(List<String> command, Path log, Map<Service, URI> addresses)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ServerProcess server = new ServerProcess(process, command, addresses);
    try {
      server.awaitAnswer(log);
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private void awaitAnswer(Path log) throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + STARTED_WITHIN.toNanos();
    URI url = address(Service.HTTP).orElseThrow();
    while (!answers(url)) {
      if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
        throw new IOException(command.get(0) + " does not serve " + url + ": " + lastLine(log));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** A port that is open is not enough: some open theirs before they know what to answer. */
  private static boolean answers(URI url) {
    try {
      HttpURLConnection head = (HttpURLConnection) url.toURL().openConnection();
      head.setRequestMethod("HEAD");
      head.setConnectTimeout(ANSWER_MILLIS);
      head.setReadTimeout(ANSWER_MILLIS);
      return head.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private static String lastLine(Path log) throws IOException {
    String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return said.lines().reduce((before, line) -> line).orElse("it said nothing");
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public List<String> command() {
    return command;
  }

  @Override
  public Optional<URI> address(Service service) {
    return Optional.ofNullable(addresses.get(service));
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(ENDED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
