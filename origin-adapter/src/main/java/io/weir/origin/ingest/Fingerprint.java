package io.weir.origin.ingest;

import io.weir.protocol.control.IngestRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a sequence of texts and numbers, each with its length, so that no two sequences are
 * one: what is kept of things that would be too long to keep. For one thread.
 */
final class Fingerprint {
  private final MessageDigest sha256;

  Fingerprint() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  static String of(IngestRequest request) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(request.name());
    fingerprint.add(request.origin().url());
    fingerprint.add(request.origin().baseUrl());
    fingerprint.add(request.torrent());
    List<String> files = request.origin().files();
    if (files != null) {
      files.forEach(fingerprint::add);
    }
    return HexFormat.of().formatHex(fingerprint.digest());
  }

  void add(@Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    add(text == null ? -1 : bytes.length);
    sha256.update(bytes);
  }

  void add(long number) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  byte[] digest() {
    return sha256.digest();
  }
}
