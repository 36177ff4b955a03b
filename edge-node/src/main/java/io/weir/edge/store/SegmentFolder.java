package io.weir.edge.store;

import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files of pieces by number, each opened at its first use. Thread-safe. */
final class SegmentFolder implements AutoCloseable {
  private static final String SUFFIX = ".pieces";

  private final Path directory;
  private final Map<Integer, SegmentFile> files = new ConcurrentHashMap<>();
  private boolean closed;

  /** Creates the directory where it is missing. */
  SegmentFolder(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Numbers and lengths of the files there are; what is no file of pieces is deleted. */
  NavigableMap<Integer, Long> list() throws IOException {
    TreeMap<Integer, Long> found = new TreeMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        int number = numberOf(path);
        if (number > 0) {
          found.put(number, Files.size(path));
        } else {
          Files.delete(path);
        }
      }
    }
    return found;
  }

  private static int numberOf(Path path) {
    String name = String.valueOf(path.getFileName());
    if (!name.matches("[0-9]{10}\\.pieces")) {
      return 0;
    }
    long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    return number <= Integer.MAX_VALUE ? (int) number : 0;
  }

  private Path pathOf(int number) {
    return directory.resolve("%010d".formatted(number) + SUFFIX);
  }

  /**
   * A file, retained for the caller, created where it is missing; null once the folder is closed.
   */
  @Nullable SegmentFile create(int number) throws IOException {
    return file(number, true);
  }

  /** A file, retained for the caller; null where it is not there. */
  @Nullable SegmentFile get(int number) throws IOException {
    return file(number, false);
  }

  /**
   * A file that is open, retained for the caller; null for any other. Never blocks for the disk.
   */
  @Nullable SegmentFile getOpen(int number) {
    SegmentFile file = files.get(number);
    try {
      return file == null ? null : file.retain();
    } catch (IllegalReferenceCountException e) {
      return null; // deleted at this moment
    }
  }

  private synchronized @Nullable SegmentFile file(int number, boolean mayCreate)
      throws IOException {
    if (closed) {
      return null;
    }
    SegmentFile file = files.get(number);
    if (file == null) {
      Path path = pathOf(number);
      if (!mayCreate && !Files.exists(path)) {
        return null;
      }
      file = SegmentFile.open(path);
      files.put(number, file);
    }
    file.retain();
    return file;
  }

  /** Deletes a file; who has it retained reads on. */
  void delete(int number) throws IOException {
    SegmentFile open;
    synchronized (this) {
      open = files.remove(number);
      Files.deleteIfExists(pathOf(number));
    }
    if (open != null) {
      open.release();
    }
  }

  /** Closes every file that nobody has retained; the others follow. */
  @Override
  public synchronized void close() {
    closed = true;
    files.values().forEach(SegmentFile::release);
    files.clear();
  }
}
