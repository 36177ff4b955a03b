package io.weir.edge.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * Where a certificate and its key are.
 *
 * @param certificate PEM, the server's certificate first, then the chain up to the root or below it
 * @param key PEM, PKCS #8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
  /** What tells that a file has changed. */
  record Stamp(FileTime certificateTime, long certificateBytes, FileTime keyTime, long keyBytes) {}

  /**
   * Blocks for the disk.
   *
   * @throws IOException if a file is not there
   */
  Stamp stamp() throws IOException {
    return new Stamp(
        Files.getLastModifiedTime(certificate),
        Files.size(certificate),
        Files.getLastModifiedTime(key),
        Files.size(key));
  }
}
