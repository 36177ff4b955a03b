package io.weir.protocol.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file replaced whole: after a crash it holds the old bytes or the new ones, never a mixture. Any
 * thread, but one at a time for each file.
 */
public final class DurableFile {
  /**
   * Writes {@code {file}.new} beside the file, syncs it, renames it over the file, syncs the
   * directory, which must exist.
   *
   * @throws IOException if the new bytes may not survive a crash
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer unwritten = ByteBuffer.wrap(bytes);
      while (unwritten.hasRemaining()) {
        channel.write(unwritten);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(directoryOf(file), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static Path directoryOf(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return directory == null ? file.toAbsolutePath() : directory;
  }

  private DurableFile() {}
}
