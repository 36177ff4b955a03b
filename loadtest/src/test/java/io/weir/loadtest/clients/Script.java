package io.weir.loadtest.clients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Programs of the tests in Python, kept as resources. */
enum Script {
  /** Downloads one torrent. */
  LEECH("leech.py"),
  /** Makes a torrent of a folder. */
  MAKE_TORRENT("make_torrent.py");

  private final String resource;

  Script(String resource) {
    this.resource = resource;
  }

  /** Lays it down as a file, and returns that. */
  Path copyTo(Path file) throws IOException {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
