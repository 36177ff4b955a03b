package io.weir.loadtest.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The stack's own credentials: made once per directory, readable by their owner alone. */
final class Secrets {
  private static final int RANDOM_BYTES = 24;

  /** The file with this name, filled with a new secret where it does not exist. */
  static Path file(Path dir, String name, SecureRandom random) throws IOException {
    Path file = dir.resolve(name);
    if (!Files.exists(file)) {
      byte[] secret = new byte[RANDOM_BYTES];
      random.nextBytes(secret);
      Path partial = dir.resolve(name + ".part");
      Files.deleteIfExists(partial);
      Files.createFile(
          partial,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(partial, HexFormat.of().formatHex(secret) + "\n");
      Files.move(partial, file);
    }
    return file;
  }

  private Secrets() {}
}
