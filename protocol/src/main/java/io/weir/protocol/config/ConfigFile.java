package io.weir.protocol.config;

import java.nio.file.Path;

/**
 * STUB. Overlays a YAML file on a record of defaults: keys are the components' names in dash-case;
 * a missing key keeps its default, an unknown one is an error that names its line and the nearest
 * known key.
 */
public final class ConfigFile {
  /** Reads file over defaults. Relative Paths are kept as written. */
  public static <T extends Record> T load(Path file, T defaults) throws ConfigException {
    throw new UnsupportedOperationException();
  }

  /** The whole effective configuration as YAML that {@link #load} reads back to an equal record. */
  public static String print(Record config) {
    throw new UnsupportedOperationException();
  }

  private ConfigFile() {}
}
