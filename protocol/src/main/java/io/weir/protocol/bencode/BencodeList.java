package io.weir.protocol.bencode;

import java.util.List;

/**
 * A list of values of any kinds.
 *
 * @param values in order
 */
public record BencodeList(List<BencodeValue> values) implements BencodeValue {
  /** Copies. */
  public BencodeList {
    values = List.copyOf(values);
  }

  /** A list of UTF-8 strings. */
  public static BencodeList ofTexts(List<String> texts) {
    return new BencodeList(
        texts.stream().<BencodeValue>map(text -> BencodeString.of(text)).toList());
  }
}
