package io.weir.control.cli;

import io.weir.protocol.control.OriginLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Paths in a text file, one a line, in UTF-8; empty lines mean nothing. */
final class PathList {
  private static final String STDIN = "-";

  private PathList() {}

  /**
   * Reads them all, one more than a content may have at the most.
   *
   * @param file a path, or {@code -} for stdin
   * @throws IOException if it cannot be read or is not UTF-8
   */
  static List<String> read(String file) throws IOException {
    if (file.equals(STDIN)) {
      return read(System.in);
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return read(in);
    }
  }

  private static List<String> read(InputStream in) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    List<String> paths = new ArrayList<>();
    String line;
    while (paths.size() <= OriginLocation.MAX_FILES && (line = lines.readLine()) != null) {
      if (!line.isEmpty()) {
        paths.add(line);
      }
    }
    return paths;
  }
}
