package io.weir.protocol.bencode;

import io.weir.protocol.bencode.BencodeException.Kind;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bencoding (BEP 3). Decoding accepts only the canonical form, except for the order of keys where
 * the caller allows it, so that re-encoding what was decoded with {@link KeyOrder#SORTED} gives the
 * same bytes. Stateless, any thread.
 */
public final class Bencode {
  /**
   * A value at the head of an input.
   *
   * @param value the value
   * @param lengthBytes how many bytes it took
   */
  public record Prefix(BencodeValue value, int lengthBytes) {}

  private Bencode() {}

  /** Decodes an input that is one value with sorted keys and nothing else. */
  public static BencodeValue decode(byte[] input, BencodeLimits limits) throws BencodeException {
    return decode(ByteBuffer.wrap(input), limits, KeyOrder.SORTED);
  }

  /**
   * Decodes the remaining bytes, which must be one value and nothing else. Borrows for the call,
   * position unchanged; the value holds no reference to the buffer.
   */
  public static BencodeValue decode(ByteBuffer input, BencodeLimits limits, KeyOrder keyOrder)
      throws BencodeException {
    if (input.remaining() > limits.maxInputBytes()) {
      throw BencodeException.at(limits.maxInputBytes(), Kind.INPUT_TOO_LONG);
    }
    Prefix prefix = decodePrefix(input, limits, keyOrder);
    if (prefix.lengthBytes() < input.remaining()) {
      throw BencodeException.at(prefix.lengthBytes(), Kind.TRAILING_BYTES);
    }
    return prefix.value();
  }

  /** As {@link #decode(ByteBuffer, BencodeLimits, KeyOrder)}, for a value that is a dictionary. */
  public static BencodeDictionary decodeDictionary(
      ByteBuffer input, BencodeLimits limits, KeyOrder keyOrder) throws BencodeException {
    return asDictionary(decode(input, limits, keyOrder));
  }

  /**
   * Decodes the one value that the remaining bytes begin with, whatever follows it (BEP 9 data
   * messages). Borrows for the call, position unchanged.
   */
  public static Prefix decodePrefix(ByteBuffer input, BencodeLimits limits, KeyOrder keyOrder)
      throws BencodeException {
    return new BencodeDecoder(input, limits, keyOrder).decode();
  }

  /** The value as a dictionary, or a named error. */
  public static BencodeDictionary asDictionary(BencodeValue value) throws BencodeException {
    if (value instanceof BencodeDictionary dictionary) {
      return dictionary;
    }
    throw BencodeException.at(0, Kind.WRONG_TYPE);
  }

  /** The canonical encoding. */
  public static byte[] encode(BencodeValue value) {
    BencodeEncoder encoder = new BencodeEncoder();
    encoder.write(value);
    return encoder.toBytes();
  }

  /**
   * The canonical encoding of a dictionary whose values are encoded already, so that bytes that
   * must stay as they are (an info dictionary) go through untouched. Each value must be one
   * complete bencoded value; that is not checked.
   */
  public static byte[] encodeDictionary(Map<String, byte[]> encodedValues) {
    TreeMap<BencodeString, byte[]> sorted = new TreeMap<>();
    encodedValues.forEach((key, encoded) -> sorted.put(BencodeString.of(key), encoded));
    BencodeEncoder encoder = new BencodeEncoder();
    encoder.writeEncodedDictionary(sorted);
    return encoder.toBytes();
  }
}
