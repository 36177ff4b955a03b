package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Named files on disk. */
final class Folder {
  /** Writes them below a directory. */
  static void write(Path directory, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /**
   * Every file is there and right, to the byte; a file of no bytes may be missing.
   *
   * @param pathOnDisk where a file lies below the directory
   */
  static void assertHolds(
      Path directory, Map<String, byte[]> files, UnaryOperator<String> pathOnDisk)
      throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(pathOnDisk.apply(file.getKey()));
      // Transmission makes no file that it has nothing to write to.
      byte[] found = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
      assertArrayEquals(file.getValue(), found, file.getKey());
    }
  }

  private Folder() {}
}
