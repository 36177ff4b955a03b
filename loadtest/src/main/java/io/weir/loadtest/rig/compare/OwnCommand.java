package io.weir.loadtest.rig.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run a command of ours as another process: this JVM, this class path.
 *
 * @param words all that comes before the command
 */
public record OwnCommand(List<String> words) {
  /** Copies. */
  public OwnCommand {
    words = List.copyOf(words);
  }

  /** Of the launcher's main class. */
  public static OwnCommand of(Class<?> main) {
    return new OwnCommand(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
  }

  /** The whole command. */
  public List<String> with(String... arguments) {
    return with(List.of(arguments));
  }

  /** The whole command. */
  public List<String> with(List<String> arguments) {
    List<String> command = new ArrayList<>(words);
    command.addAll(arguments);
    return command;
  }
}
