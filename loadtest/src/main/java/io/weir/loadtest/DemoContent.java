package io.weir.loadtest;

import io.weir.control.cli.ProgressDisplay;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The file that a demo publishes.
 *
 * @param file where it lies
 * @param lengthBytes its length
 * @param sha256Hex what every copy must hash to, 64 lower-case hexadecimal digits
 */
record DemoContent(Path file, long lengthBytes, String sha256Hex) {
  private static final long DEFAULT_BYTES = 256L << 20;
  private static final int BUFFER_BYTES = 1 << 20;

  /** The given file, or a new one of random bytes in the folder; hashed either way. */
  static DemoContent of(@Nullable Path given, Path folder, long seed, ProgressDisplay progress)
      throws IOException {
    Path file = given != null ? given : folder.resolve("demo.bin");
    if (given == null) {
      makeRandom(file, DEFAULT_BYTES, seed, progress);
    }
    long lengthBytes = Files.size(file);
    if (lengthBytes == 0) {
      throw new IOException(file + " is empty: there is nothing to download");
    }
    return new DemoContent(file, lengthBytes, sha256Hex(file));
  }

  /** Writes a new file of random bytes. */
  static void makeRandom(Path file, long lengthBytes, long seed, ProgressDisplay progress)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long done = 0; done < lengthBytes; done += buffer.length) {
        random.nextBytes(buffer);
        out.write(buffer, 0, (int) Math.min(buffer.length, lengthBytes - done));
        progress.show("making content", done + buffer.length, lengthBytes, "");
      }
    }
    progress.end();
  }

  private static String sha256Hex(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      int read;
      while ((read = in.read(buffer)) > 0) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
