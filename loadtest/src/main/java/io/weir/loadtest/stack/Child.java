package io.weir.loadtest.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One process of a stack. Its standard input stays open for as long as this process lives. */
final class Child {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(2);

  private final String role;
  private final Process process;
  private final RoleProcess facts;
  private final Path log;
  private final long logStart;
  private volatile boolean ending;

  /**
   * A process that has just been started.
   *
   * @param log what it writes to
   * @param logStart where in the log its own lines begin
   */
  Child(String role, Process process, RoleProcess facts, Path log, long logStart) {
    this.role = role;
    this.process = process;
    this.facts = facts;
    this.log = log;
    this.logStart = logStart;
  }

  String role() {
    return role;
  }

  RoleProcess facts() {
    return facts;
  }

  /**
   * Waits until it answers at this base URL; from then on its end is told of on stderr.
   *
   * @throws IOException with its last words, if it ends before or the time is over
   */
  void awaitHealth(HttpClient http, String url, long deadlineNanos) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/healthz")).timeout(POLL_TIMEOUT).build();
    try {
      while (!isHealthy(http, request)) {
        if (process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(role + " did not start: " + lastWords());
        }
        if (System.nanoTime() - deadlineNanos > 0) {
          throw new IOException(role + " does not answer at " + url + ", see " + log);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + role + " started", e);
    }
    var unused = process.onExit().thenAccept(ended -> tellOfEnd());
  }

  private static boolean isHealthy(HttpClient http, HttpRequest request)
      throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells it to end, as SIGTERM does; completes when it has. */
  CompletableFuture<Void> terminate() {
    ending = true;
    // Not by Process, which would close its standard input as well: that is a second word to end.
    process.toHandle().destroy();
    return process.onExit().thenAccept(ended -> {});
  }

  /** Ends it whatever it does. */
  void kill() {
    ending = true;
    process.toHandle().destroyForcibly();
  }

  private void tellOfEnd() {
    if (!ending) {
      System.err.printf(
          "weir up: %s (pid %d) ended with status %d, see %s; not started again%n",
          role, facts.pid(), process.exitValue(), log);
    }
  }

  /** The line that says why it failed. */
  private String lastWords() {
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(logStart);
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty() ? "status " + process.exitValue() : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "status " + process.exitValue() + ", and its log cannot be read: " + e.getMessage();
    }
  }
}
