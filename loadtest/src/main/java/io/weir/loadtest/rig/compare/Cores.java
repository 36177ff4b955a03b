package io.weir.loadtest.rig.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who runs where: the server alone on one core, generator and everything else on another.
 *
 * @param pinned whether they are kept apart at all
 */
public record Cores(boolean pinned) {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final String SERVER = "0";
  private static final String GENERATOR = "1";

  /** As this machine allows. */
  public static Cores here() {
    return new Cores(Files.isExecutable(TASKSET) && Runtime.getRuntime().availableProcessors() > 1);
  }

  /** The command, kept to the server's core. */
  List<String> server(List<String> command) {
    return on(SERVER, command);
  }

  /** The command, kept to the generator's core. */
  List<String> generator(List<String> command) {
    return on(GENERATOR, command);
  }

  private List<String> on(String core, List<String> command) {
    if (!pinned) {
      return command;
    }
    List<String> prefixed = new ArrayList<>(List.of(TASKSET.toString(), "-c", core));
    prefixed.addAll(command);
    return prefixed;
  }

  /** For the report. */
  public String description() {
    return pinned
        ? "server on core " + SERVER + ", generator on core " + GENERATOR
        : "not pinned: one core, or no taskset";
  }
}
