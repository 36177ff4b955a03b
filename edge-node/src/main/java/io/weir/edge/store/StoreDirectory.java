package io.weir.edge.store;

import io.weir.protocol.process.DataDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of the store, owned by this process and made fit for RocksDB: its native library is
 * loaded and its logs end in whole records. One thread at a time.
 */
final class StoreDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDirectory.class);
  private static final Pattern LOG_NAME = Pattern.compile("[0-9]+\\.log|MANIFEST-[0-9]+");
  private static final String LOCK = "lock";
  private static final String NATIVE = "native";
  private static final String SEGMENTS = "segments";

  private final Path path;
  private final DataDirectory owned;

  private StoreDirectory(Path path, DataDirectory owned) {
    this.path = path;
    this.owned = owned;
  }

  /**
   * Creates it where it is missing.
   *
   * @throws IOException if it cannot be used, as when another process owns it; the message names it
   */
  static StoreDirectory take(Path path) throws IOException {
    StoreDirectory directory = new StoreDirectory(path, DataDirectory.take(path));
    try {
      NativeLibrary.load(Files.createDirectories(path.resolve(NATIVE)));
      directory.cutLogs();
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private void cutLogs() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        long cutBytes =
            LOG_NAME.matcher(String.valueOf(file.getFileName())).matches() ? LogTail.cut(file) : 0;
        if (cutBytes > 0) {
          LOG.warn(
              "end of a log was not written whole before a crash and is cut off file={} bytes={}",
              file,
              cutBytes);
        }
      }
    }
  }

  Path path() {
    return path;
  }

  /** Where the files of pieces are. */
  Path segments() {
    return path.resolve(SEGMENTS);
  }

  /** Deletes everything in it; it stays owned. */
  void empty() throws IOException {
    if (Files.exists(segments())) {
      deleteFiles(segments());
    }
    deleteFiles(path);
  }

  private static void deleteFiles(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && !String.valueOf(file.getFileName()).equals(LOCK)) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
