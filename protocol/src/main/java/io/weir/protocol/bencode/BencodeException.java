package io.weir.protocol.bencode;

/**
 * Bytes that are not the bencoding that was expected. The message says what is wrong and at which
 * byte offset, or under which key; it never quotes the input.
 */
public final class BencodeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** The input ends inside a value. */
    TRUNCATED("input ends inside a value"),
    /** Bytes follow the value. */
    TRAILING_BYTES("bytes follow the value"),
    /** A byte that begins or ends nothing here. */
    UNEXPECTED_BYTE("unexpected byte"),
    /** An integer without digits. */
    EMPTY_INTEGER("integer without digits"),
    /** An integer or string length with a leading zero. */
    LEADING_ZERO("number with a leading zero"),
    /** {@code i-0e}. */
    NEGATIVE_ZERO("negative zero"),
    /** An integer beyond 64 bits. */
    INTEGER_OVERFLOW("integer beyond 64 bits"),
    /** A dictionary key that is not a string. */
    NON_STRING_KEY("dictionary key is not a string"),
    /** A key that sorts before the one in front of it. */
    UNSORTED_KEYS("dictionary keys are not sorted"),
    /** A key that the dictionary has already. */
    DUPLICATE_KEY("dictionary key occurs twice"),
    /** Nested deeper than the limit. */
    TOO_DEEP("nested too deep"),
    /** More values and keys than the limit. */
    TOO_MANY_TOKENS("too many values"),
    /** A string longer than the limit. */
    STRING_TOO_LONG("string too long"),
    /** An encoded value longer than the limit. */
    INPUT_TOO_LONG("input too long"),
    /** A key that must be there is not. */
    MISSING_KEY("key is missing"),
    /** The value under a key is of another kind. */
    WRONG_TYPE("value has the wrong type"),
    /** The integer under a key is out of its bounds. */
    OUT_OF_RANGE("integer is out of range"),
    /** The string under a key is not valid UTF-8. */
    NOT_UTF8("string is not UTF-8");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Kind kind;

  private BencodeException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static BencodeException at(int offset, Kind kind) {
    return new BencodeException(kind, kind.sentence + " at byte " + offset);
  }

  static BencodeException under(String key, Kind kind) {
    return new BencodeException(kind, key + ": " + kind.sentence);
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
