package io.weir.protocol.bencode;

import io.weir.protocol.bencode.BencodeException.Kind;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary, sorted by the raw bytes of its keys. The typed readers come in pairs: the plain one
 * throws when the key is missing, the {@code find} one returns null; both throw when the value is
 * not what was asked for, naming the key.
 */
public final class BencodeDictionary implements BencodeValue {
  private final SortedMap<BencodeString, BencodeValue> entries;
  private final @Nullable ByteSpan source;

  /** Takes ownership of the map. */
  BencodeDictionary(SortedMap<BencodeString, BencodeValue> entries, @Nullable ByteSpan source) {
    this.entries = Collections.unmodifiableSortedMap(entries);
    this.source = source;
  }

  /** Starts an empty dictionary. */
  public static Builder builder() {
    return new Builder();
  }

  /** All entries in key order. */
  public SortedMap<BencodeString, BencodeValue> entries() {
    return entries;
  }

  /** Where it stood in the decoded input; null when it was built, not decoded. */
  public @Nullable ByteSpan source() {
    return source;
  }

  /** The value of whatever kind, or null. */
  public @Nullable BencodeValue find(String key) {
    return entries.get(BencodeString.of(key));
  }

  /** The integer under a key that must be there. */
  public long integer(String key) throws BencodeException {
    return integer(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The integer under a key that must be there, within bounds, both inclusive. */
  public long integer(String key, long min, long max) throws BencodeException {
    return required(key, findInteger(key, min, max));
  }

  /** The integer, or null. */
  public @Nullable Long findInteger(String key) throws BencodeException {
    return findInteger(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The integer within bounds, both inclusive, or null. */
  public @Nullable Long findInteger(String key, long min, long max) throws BencodeException {
    BencodeInteger integer = find(key, BencodeInteger.class);
    if (integer == null) {
      return null;
    }
    if (integer.value() < min || integer.value() > max) {
      throw BencodeException.under(key, Kind.OUT_OF_RANGE);
    }
    return integer.value();
  }

  /** The byte string under a key that must be there. */
  public BencodeString string(String key) throws BencodeException {
    return required(key, findString(key));
  }

  /** The byte string, or null. */
  public @Nullable BencodeString findString(String key) throws BencodeException {
    return find(key, BencodeString.class);
  }

  /** The UTF-8 text under a key that must be there. */
  public String text(String key) throws BencodeException {
    return required(key, findText(key));
  }

  /** The UTF-8 text, or null. */
  public @Nullable String findText(String key) throws BencodeException {
    BencodeString string = findString(key);
    if (string == null) {
      return null;
    }
    String text = string.asText();
    if (text == null) {
      throw BencodeException.under(key, Kind.NOT_UTF8);
    }
    return text;
  }

  /** The list under a key that must be there. */
  public BencodeList list(String key) throws BencodeException {
    return required(key, findList(key));
  }

  /** The list, or null. */
  public @Nullable BencodeList findList(String key) throws BencodeException {
    return find(key, BencodeList.class);
  }

  /** The dictionary under a key that must be there. */
  public BencodeDictionary dictionary(String key) throws BencodeException {
    return required(key, findDictionary(key));
  }

  /** The dictionary, or null. */
  public @Nullable BencodeDictionary findDictionary(String key) throws BencodeException {
    return find(key, BencodeDictionary.class);
  }

  private <T extends BencodeValue> @Nullable T find(String key, Class<T> type)
      throws BencodeException {
    BencodeValue value = find(key);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw BencodeException.under(key, Kind.WRONG_TYPE);
    }
    return type.cast(value);
  }

  private static <T> T required(String key, @Nullable T value) throws BencodeException {
    if (value == null) {
      throw BencodeException.under(key, Kind.MISSING_KEY);
    }
    return value;
  }

  /** Equal entries; where they were decoded from does not matter. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BencodeDictionary that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }

  /** Collects entries in any order; a key that is put again replaces. For one thread. */
  public static final class Builder {
    private final TreeMap<BencodeString, BencodeValue> entries = new TreeMap<>();

    private Builder() {}

    /** Puts a value under a key of raw bytes. */
    public Builder put(BencodeString key, BencodeValue value) {
      entries.put(key, value);
      return this;
    }

    /** Puts a value. */
    public Builder put(String key, BencodeValue value) {
      return put(BencodeString.of(key), value);
    }

    /** Puts an integer. */
    public Builder put(String key, long value) {
      return put(key, new BencodeInteger(value));
    }

    /** Puts a text. */
    public Builder put(String key, String value) {
      return put(key, BencodeString.of(value));
    }

    /** Puts a byte string, copied. */
    public Builder put(String key, byte[] value) {
      return put(key, BencodeString.of(value));
    }

    /** The dictionary; the builder may go on being used. */
    public BencodeDictionary build() {
      return new BencodeDictionary(new TreeMap<>(entries), null);
    }
  }
}
