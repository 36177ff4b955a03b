package io.weir.edge;

import io.weir.protocol.process.ProcessCommand;
import picocli.CommandLine;

/** The {@code edge-node} command, as {@link ProcessCommand} says. */
public final class EdgeMain {
  private EdgeMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    ProcessCommand.runAndExit(commandLine(), args);
  }

  static CommandLine commandLine() {
    return ProcessCommand.of(
        "edge-node",
        "Weir's edge: seeds, tracks, and serves the same bytes over HTTP.",
        EdgeConfig.defaults(),
        EdgeNode::start);
  }
}
