package io.weir.loadtest.stack;

import io.weir.protocol.process.ProcessCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process of a stack. Its standard input stays open for as long as this process lives. */
final class Child {
  private final String role;
  private final Process process;
  private final RoleProcess facts;
  private final Path log;
  private final long logStart;
  private final FutureTask<@Nullable String> firstLine;
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
    firstLine = new FutureTask<>(() -> process.inputReader().readLine());
    Thread reader = new Thread(firstLine, "first-line-of-" + role);
    reader.setDaemon(true);
    reader.start();
  }

  String role() {
    return role;
  }

  RoleProcess facts() {
    return facts;
  }

  /**
   * Waits until it says that it is ready; from then on its end is told of on stderr.
   *
   * @throws IOException with its last words, if it ends before or the time is over
   */
  void awaitReady(Duration within) throws IOException {
    try {
      String line = firstLine.get(within.toNanos(), TimeUnit.NANOSECONDS);
      if (!ProcessCommand.READY.equals(line)) {
        process.waitFor();
        throw new IOException(role + " did not start: " + lastWords());
      }
    } catch (TimeoutException e) {
      throw new IOException(role + " is not ready after " + within.toSeconds() + " s, see " + log);
    } catch (ExecutionException e) {
      throw new IOException(role + " cannot be heard: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + role + " started", e);
    }
    var unused = process.onExit().thenAccept(ended -> tellOfEnd());
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
