package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine. */
final class Program {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/local/sbin"),
          Path.of("/usr/local/bin"),
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"));
  private static final int ANSWER_SECONDS = 10;

  /** Where it is, also where a user's PATH leaves out system programs. */
  static Optional<Path> find(String name) {
    return PLACES.stream()
        .map(place -> place.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Where it is.
   *
   * @throws IOException if it is not installed
   */
  static String require(String name) throws IOException {
    return find(name)
        .map(Path::toString)
        .orElseThrow(() -> new IOException(name + " is not installed"));
  }

  /** Why it cannot be used, if so. */
  static Optional<String> missing(String name) {
    return find(name).isPresent()
        ? Optional.empty()
        : Optional.of(name + " is not installed (looked in " + PLACES + ")");
  }

  /** The program with arguments. */
  static List<String> command(String program, List<String> arguments) {
    return Stream.concat(Stream.of(program), arguments.stream()).toList();
  }

  /** What a command that ends at once says first, on stdout or stderr. */
  static String firstLine(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.get(0) + " does not end");
      }
      return said.lines().findFirst().orElse("").strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.get(0) + " ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private Program() {}
}
