package io.weir.loadtest.rig.scenario;

import io.weir.protocol.config.ConfigException;
import io.weir.protocol.config.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A load in phases.
 *
 * @param description what it stands for, and what it asks of a server
 * @param phases one after the other, 1 or more
 */
public record Scenario(String description, List<Phase> phases) {
  /** Those that come with Weir. */
  public static final List<String> NAMES =
      List.of("flash-crowd", "zipf-catalogue", "cold-catalogue", "long-slow-tail", "fill-storm");

  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  public Scenario {
    phases = List.copyOf(phases);
  }

  /**
   * Reads one of {@link #NAMES}, or else a file.
   *
   * @throws ConfigException naming the line and key that cannot be used
   */
  public static Scenario load(String nameOrFile) throws ConfigException {
    if (!NAMES.contains(nameOrFile)) {
      return read(Path.of(nameOrFile));
    }
    try (InputStream shipped = Scenario.class.getResourceAsStream(nameOrFile + ".yaml")) {
      if (shipped == null) {
        throw new IllegalStateException("scenario " + nameOrFile + " is not in this build");
      }
      // The grammar reads files.
      Path copy = Files.createTempFile(nameOrFile, ".yaml");
      try {
        Files.write(copy, shipped.readAllBytes());
        return read(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new ConfigException(nameOrFile + ": cannot be read: " + e.getMessage());
    }
  }

  private static Scenario read(Path file) throws ConfigException {
    Scenario scenario = ConfigFile.load(file, new Scenario("", List.of()));
    if (scenario.phases().isEmpty()) {
      throw new ConfigException(file + ": phases: must have one or more");
    }
    return scenario;
  }
}
