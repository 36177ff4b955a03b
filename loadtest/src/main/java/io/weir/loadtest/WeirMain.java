package io.weir.loadtest;

import io.weir.control.cli.ContentsCommand;
import io.weir.control.cli.NodesCommand;
import io.weir.control.cli.PublishCommand;
import io.weir.control.cli.PurgeCommand;
import io.weir.protocol.process.ProcessCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The launcher's commands that are not one process alone: the stack in one JVM, and the operator's.
 */
@Command(
    name = "weir",
    description = "A hybrid CDN edge cache for peer-to-peer swarms.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      PublishCommand.class,
      ContentsCommand.class,
      NodesCommand.class,
      PurgeCommand.class,
      LoadtestCommand.class,
    },
    synopsisSubcommandLabel = "COMMAND")
public final class WeirMain {
  private WeirMain() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    ProcessCommand.runAndExit(new CommandLine(new WeirMain()), args);
  }
}
