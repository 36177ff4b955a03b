package io.weir.edge.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB's native library, 17 MB that by default are unpacked into the system's temporary
 * directory at each start and stay there where the process is killed. Here they are unpacked into a
 * directory of the store's and deleted once they are mapped.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /** Loads it, once a process; empties the directory, which is nobody else's. */
  static void load(Path directory) throws IOException {
    Files.createDirectories(directory);
    empty(directory);
    try {
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
    } catch (UnsatisfiedLinkError e) {
      LOG.warn(
          "native library not loaded from the data directory, is it mounted noexec? the system's"
              + " temporary directory is tried directory={}",
          directory,
          e);
    } finally {
      empty(directory);
    }
    RocksDB.loadLibrary();
  }

  private static void empty(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
