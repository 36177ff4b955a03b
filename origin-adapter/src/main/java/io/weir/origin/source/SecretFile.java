package io.weir.origin.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret that is a file's content, white space around it ignored; messages never quote it. */
final class SecretFile {
  static final int MAX_BYTES = 8 * 1024;

  /**
   * Reads it as it is now.
   *
   * @throws IOException if it cannot be read, is empty or too long, or holds control characters;
   *     the message names the file
   */
  static String read(Path file) throws IOException {
    String text = new String(bytes(file), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IOException(file + " holds more than one line, or control characters");
    }
    return text;
  }

  private static byte[] bytes(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getClass().getSimpleName(), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  private SecretFile() {}
}
