package io.weir.protocol.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory that one process owns while it runs, held by a lock on the file {@code lock} in it.
 * Taken before anything in the directory is opened and closed after all of it. The lock is the
 * process's: a crash releases it.
 */
public final class DataDirectory implements AutoCloseable {
  /**
   * The directories taken in this JVM. Of the process, as the lock is: POSIX drops a process's lock
   * on a file as soon as the process closes any descriptor of it, so whoever is refused here must
   * be refused before the file is opened a second time.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the directory where it is missing and takes it.
   *
   * @throws IOException if it cannot be written or has an owner; the message names it
   */
  public static DataDirectory take(Path directory) throws IOException {
    Path path = make(directory);
    if (!TAKEN.add(path)) {
      throw inUse(directory);
    }
    FileChannel lockFile = null;
    try {
      lockFile = open(path);
      if (lockFile.tryLock() == null) {
        throw inUse(directory);
      }
      return new DataDirectory(path, lockFile);
    } catch (IOException | RuntimeException e) {
      if (lockFile != null) {
        lockFile.close();
      }
      TAKEN.remove(path);
      throw e;
    }
  }

  private static Path make(Path directory) throws IOException {
    try {
      // A link to a directory is one too, which createDirectories of Java 17 refuses.
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
      }
      return directory.toRealPath();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    try {
      return FileChannel.open(
          path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static IOException inUse(Path directory) {
    return new IOException("data-dir " + directory + " is in use by another process");
  }

  private static IOException unusable(Path directory, IOException cause) {
    return new IOException("data-dir " + directory + " cannot be used: " + cause, cause);
  }

  /** Lets the directory go; again is harmless. */
  @Override
  public void close() {
    if (!lockFile.isOpen()) {
      return;
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      TAKEN.remove(path);
    }
  }
}
