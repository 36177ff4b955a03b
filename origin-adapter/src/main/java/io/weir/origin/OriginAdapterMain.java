package io.weir.origin;

import io.weir.protocol.process.ProcessCommand;
import picocli.CommandLine;

/** The {@code origin-adapter} command, as {@link ProcessCommand} says. */
public final class OriginAdapterMain {
  private OriginAdapterMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    ProcessCommand.runAndExit(commandLine(), args);
  }

  static CommandLine commandLine() {
    return ProcessCommand.of(
        "origin-adapter",
        "Weir's origin adapter: reads origins, hashes, spools, serves fills to edges.",
        OriginAdapterConfig.defaults(),
        OriginAdapter::start);
  }
}
