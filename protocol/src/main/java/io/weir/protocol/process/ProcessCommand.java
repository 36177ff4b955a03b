package io.weir.protocol.process;

import io.weir.protocol.config.ConfigException;
import io.weir.protocol.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line of one process. stdout is data, stderr is diagnostics. Exit codes: {@value #OK}
 * done (for {@code serve}: told to stop, and stopped), {@value #FAILED} it could not do it, {@value
 * #MISUSED} called or configured wrongly.
 *
 * @param <C> the process's configuration
 */
@Command(synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true)
public final class ProcessCommand<C extends Record> {
  /** Done. */
  public static final int OK = 0;

  /** It could not do it. */
  public static final int FAILED = 1;

  /** Called or configured wrongly. */
  public static final int MISUSED = 2;

  /** How long an orderly end may take, below what service managers wait before they kill. */
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(45);

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
     * Starts everything; the result stops it.
     *
     * @throws IOException naming what could not be bound, read or opened
     */
    AutoCloseable start(C config) throws IOException;
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
  public static <C extends Record> CommandLine of(
      String name, String description, C defaults, Start<C> start) {
    CommandLine commandLine =
        new CommandLine(new ProcessCommand<>(defaults, start)).setCommandName(name);
    commandLine.getCommandSpec().usageMessage().description(description);
    return commandLine;
  }

  @Command(name = "serve", description = "Runs until SIGTERM.", mixinStandardHelpOptions = true)
  int serve(
      @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML file")
          Path file) {
    try (ProcessEnd end = ProcessEnd.onSigterm(STOP_DEADLINE);
        AutoCloseable process = start.start(ConfigFile.load(file, defaults))) {
      end.await();
      return OK;
    } catch (ConfigException e) {
      return complain(e, MISUSED);
    } catch (InterruptedException e) {
      return OK;
    } catch (Exception e) {
      return complain(e, FAILED);
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

  @Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
  int version() {
    out().println(BuildVersion.text());
    return OK;
  }

  private int complain(Exception e, int exitCode) {
    CommandLine commandLine = spec.commandLine();
    commandLine.getErr().println(commandLine.getCommandName() + ": " + e.getMessage());
    return exitCode;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
