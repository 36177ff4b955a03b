package io.weir.control;

import io.weir.protocol.process.ProcessCommand;
import picocli.CommandLine;

/** The {@code control-plane} command, as {@link ProcessCommand} says. */
public final class ControlPlaneMain {
  private ControlPlaneMain() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    ProcessCommand.runAndExit(commandLine(), args);
  }

  static CommandLine commandLine() {
    return ProcessCommand.of(
        "control-plane",
        "Weir's control plane: catalogue, nodes and assignment.",
        ControlPlaneConfig.defaults(),
        ControlPlane::start);
  }
}
