package io.weir.protocol.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A string of bytes, often but not always UTF-8 text. Immutable; ordered by its raw bytes, as
 * dictionary keys are (BEP 3).
 */
public final class BencodeString implements BencodeValue, Comparable<BencodeString> {
  private final byte[] bytes;

  private BencodeString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies the bytes. */
  public static BencodeString of(byte[] bytes) {
    return new BencodeString(bytes.clone());
  }

  /** The UTF-8 bytes of a text. */
  public static BencodeString of(String text) {
    return new BencodeString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes ownership: the caller must not keep the array. */
  static BencodeString owning(byte[] bytes) {
    return new BencodeString(bytes);
  }

  void writeTo(ByteArrayOutputStream out) {
    out.writeBytes(bytes);
  }

  /** Number of bytes. */
  public int lengthBytes() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The bytes as a read-only view. */
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** The text, or null when the bytes are not valid UTF-8. */
  public @Nullable String asText() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  @Override
  public int compareTo(BencodeString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BencodeString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people: bytes that are not UTF-8 are replaced. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
