package io.weir.protocol.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory that one process owns while it runs, held by a lock on the file {@code lock} in it.
 * Taken before anything in the directory is opened and closed after all of it. The lock is the
 * process's: a crash releases it.
 */
public final class DataDirectory implements AutoCloseable {
  private final FileChannel lockFile;

  private DataDirectory(FileChannel lockFile) {
    this.lockFile = lockFile;
  }

  /**
   * Creates the directory where it is missing and takes it.
   *
   * @throws IOException if it cannot be written or has an owner; the message names it
   */
  public static DataDirectory take(Path path) throws IOException {
    FileChannel lockFile = openLockFile(path);
    if (!lock(lockFile)) {
      lockFile.close();
      throw new IOException("data-dir " + path + " is in use by another process");
    }
    return new DataDirectory(lockFile);
  }

  private static FileChannel openLockFile(Path path) throws IOException {
    try {
      Files.createDirectories(path);
      return FileChannel.open(
          path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException("data-dir " + path + " cannot be used: " + e, e);
    }
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // the owner is in this very JVM
    }
  }

  /** Lets the directory go; again is harmless. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
