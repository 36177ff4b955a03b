package io.weir.protocol.process;

import io.weir.protocol.config.ConfigException;
import io.weir.protocol.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line of one process. stdout is data, stderr is diagnostics.
 *
 * <table>
 *   <caption>Exit codes</caption>
 *   <tr><td>{@value #OK}</td><td>done; for {@code serve}: told to stop, and stopped</td></tr>
 *   <tr><td>{@value #FAILED}</td><td>it could not do it: a port is taken, the data directory has an
 *       owner, a credential file is missing or empty, a defect; or told to stop, it had not by its
 *       deadline</td></tr>
 *   <tr><td>{@value #MISUSED}</td><td>called wrongly, or the configuration cannot be used</td></tr>
 *   <tr><td>3</td><td>out of memory: the JVM's own, by the launcher's {@code
 *       -XX:+ExitOnOutOfMemoryError}</td></tr>
 * </table>
 *
 * @param <C> the process's configuration
 */
@Command(synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true)
public final class ProcessCommand<C extends Record & ProcessConfig> {
  private static final Logger log = LoggerFactory.getLogger(ProcessCommand.class);

  /** The line that {@code serve} prints once everything answers; the only one. */
  public static final String READY = "ready";

  /** Done. */
  public static final int OK = 0;

  /** It could not do it. */
  public static final int FAILED = 1;

  /** Called or configured wrongly. */
  public static final int MISUSED = 2;

  /** How long closing may take after the drain: both within what service managers wait. */
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(45);

  @Spec private CommandSpec spec;

  private final C defaults;
  private final Start<C> start;

  /**
   * How a process comes up.
   *
   * @param <C> its configuration
   */
  @FunctionalInterface
  public interface Start<C> {
    /**
     * Starts everything.
     *
     * @throws IOException naming what could not be bound, read or opened
     */
    RunningProcess start(C config) throws IOException;
  }

  private ProcessCommand(C defaults, Start<C> start) {
    this.defaults = defaults;
    this.start = start;
  }

  /**
   * The command line of a process.
   *
   * @param name as the launcher calls it
   * @param description one line for {@code --help}
   * @param defaults the reference configuration
   * @param start brings it up
   */
  public static <C extends Record & ProcessConfig> CommandLine of(
      String name, String description, C defaults, Start<C> start) {
    CommandLine commandLine =
        new CommandLine(new ProcessCommand<>(defaults, start)).setCommandName(name);
    commandLine
        .getCommandSpec()
        .version(name + " " + BuildVersion.text())
        .usageMessage()
        .description(description);
    return commandLine;
  }

  /**
   * Runs a command line and ends the process with its exit code: also after an Error, which would
   * otherwise end this thread alone and leave a process that has started in part.
   */
  public static void runAndExit(CommandLine commandLine, String... args) {
    int exitCode = FAILED;
    try {
      exitCode = commandLine.execute(args);
    } catch (Throwable e) {
      System.err.println(commandLine.getCommandName() + ": " + e);
    } finally {
      System.exit(exitCode);
    }
  }

  @Command(
      name = "serve",
      description = {
        "Runs until SIGTERM; prints '"
            + READY
            + "' once everything answers. At SIGTERM it takes on nothing new, finishes what is under way for at most"
            + " shutdown-grace, and ends; a second SIGTERM cuts the grace short."
      },
      mixinStandardHelpOptions = true)
  int serve(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML file")
          Path file,
      @Option(
              names = "--end-with-stdin",
              description =
                  "Take the end of standard input for SIGTERM, as a parent does that must not leave"
                      + " this process behind.")
          boolean endWithStdin) {
    try {
      C config = ConfigFile.load(file, defaults);
      try (ProcessEnd end = ProcessEnd.onSignals(config.shutdownGrace().plus(CLOSE_DEADLINE))) {
        if (endWithStdin) {
          end.tellAtEndOf(System.in);
        }
        return serve(config, end);
      }
    } catch (ConfigException e) {
      return complain(e, MISUSED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OK;
    } catch (Exception | Error e) {
      return complain(e, FAILED);
    }
  }

  private int serve(C config, ProcessEnd end) throws IOException, InterruptedException {
    try (RunningProcess process = start.start(config)) {
      out().println(READY);
      out().flush();
      end.await();
      if (!end.awaitWithin(config.shutdownGrace(), process.drain())) {
        log.warn("drain cut short graceMillis={}", config.shutdownGrace().toMillis());
      }
      return OK;
    }
  }

  @Command(
      name = "check-config",
      description = "Says what is wrong with a configuration, if anything.",
      mixinStandardHelpOptions = true)
  int checkConfig(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML file")
          Path file) {
    try {
      C unused = ConfigFile.load(file, defaults);
      out().println(file + ": ok");
      return OK;
    } catch (ConfigException e) {
      return complain(e, MISUSED);
    }
  }

  @Command(
      name = "print-config",
      description = "Prints the whole effective configuration; the defaults without a file.",
      mixinStandardHelpOptions = true)
  int printConfig(
      @Option(names = "--config", paramLabel = "FILE", description = "YAML file")
          @Nullable Path file) {
    try {
      out().print(ConfigFile.print(file == null ? defaults : ConfigFile.load(file, defaults)));
      out().flush();
      return OK;
    } catch (ConfigException e) {
      return complain(e, MISUSED);
    }
  }

  @Command(
      name = "version",
      description = "Prints the version of this build.",
      mixinStandardHelpOptions = true)
  int version() {
    out().println(BuildVersion.text());
    return OK;
  }

  private int complain(Throwable e, int exitCode) {
    CommandLine commandLine = spec.commandLine();
    boolean expected = e instanceof IOException || e instanceof ConfigException;
    commandLine
        .getErr()
        .println(
            commandLine.getCommandName()
                + ": "
                + (expected && e.getMessage() != null ? e.getMessage() : e));
    if (!expected) {
      log.error("process ends by a defect", e);
    }
    return exitCode;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
