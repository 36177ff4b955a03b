package io.weir.loadtest;

import picocli.CommandLine.Command;

/** {@code weir loadtest}: measures servers, ours or others'. */
@Command(
    name = "loadtest",
    description = "Loads a server and measures what it delivers and what that costs it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      HttpLoadCommand.class,
      SwarmLoadCommand.class,
      TrackerLoadCommand.class,
      CompareCommand.class,
      ScenarioCommand.class,
      ProxyCommand.class,
    },
    synopsisSubcommandLabel = "COMMAND")
final class LoadtestCommand {}
