package io.weir.control.cli;

import io.weir.control.catalogue.Origin;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/** Origins as people write them: URLs, or paths on this machine. */
final class SourceText {
  private static final String URL = "(?i)[a-z][a-z0-9+.-]+:.*";

  private SourceText() {}

  /**
   * Where one file is.
   *
   * @throws IllegalArgumentException quoting the text, and saying what is wrong with it
   */
  static Origin object(String text) {
    if (text.matches(URL)) {
      return url(text, text, Origin::ofObject);
    }
    Path file = path(text);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(text + ": no such file");
    }
    return new Origin(file.toUri(), false);
  }

  /**
   * Where several files are; the slash that ends it may be left out.
   *
   * @throws IllegalArgumentException quoting the text, and saying what is wrong with it
   */
  static Origin base(String text) {
    if (text.matches(URL)) {
      return url(text, text.endsWith("/") ? text : text + "/", Origin::ofBase);
    }
    Path directory = path(text);
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(text + ": no such directory");
    }
    return new Origin(directory.toUri(), true); // a directory's URI ends with a slash
  }

  private static Origin url(String text, String url, Function<String, Origin> type) {
    try {
      return type.apply(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text + ": is no path: " + e.getReason(), e);
    }
  }
}
