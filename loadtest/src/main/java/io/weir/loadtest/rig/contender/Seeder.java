package io.weir.loadtest.rig.contender;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender's process, seeding. Its output is in a log in its scratch directory. */
public final class Seeder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 100;
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final List<String> command;

  private Seeder(Process process, List<String> command) {
    this.process = process;
    this.command = List.copyOf(command);
  }

  /** Starts a command and waits until it seeds. */
  static Seeder start(SeedingPlan plan, List<String> command)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(plan.prefix());
    whole.addAll(command);
    Path log = plan.scratch().resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(plan.scratch().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()));
    // A user's own settings must not reach into a measurement.
    builder.environment().put("HOME", plan.scratch().toString());
    Seeder seeder = new Seeder(builder.start(), whole);
    try {
      seeder.await(new SeedProbe(plan), log);
      return seeder;
    } catch (IOException | InterruptedException e) {
      seeder.close();
      throw e;
    }
  }

  private void await(SeedProbe probe, Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!probe.isSeeding()) {
      if (System.nanoTime() > deadline || process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("does not seed: " + Files.readString(log).strip());
      }
    }
  }

  /** Of the process that spends what is to be measured. */
  public long pid() {
    return process.pid();
  }

  /** How it was started. */
  public List<String> command() {
    return command;
  }

  /** Ends the process. */
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
