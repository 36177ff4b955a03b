package io.weir.loadtest.clients;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM like the test's own, with its classes, made to start soon rather than to run fast. */
final class JavaCommand {
  static List<String> of(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private JavaCommand() {}
}
