package io.weir.protocol.bencode;

import io.weir.protocol.bencode.BencodeException.Kind;
import io.weir.protocol.bencode.OpenContainer.OpenDictionary;
import io.weir.protocol.bencode.OpenContainer.OpenList;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one value with an explicit stack of open containers, so that hostile nesting costs a
 * limit and not the thread's stack. For one input and one thread.
 */
final class BencodeDecoder {
  private final ByteBuffer input;
  private final BencodeLimits limits;
  private final KeyOrder keyOrder;
  private final ArrayDeque<OpenContainer> open = new ArrayDeque<>();
  private int position;
  private int tokens;

  BencodeDecoder(ByteBuffer input, BencodeLimits limits, KeyOrder keyOrder) {
    this.input = input.slice();
    this.limits = limits;
    this.keyOrder = keyOrder;
  }

  Bencode.Prefix decode() throws BencodeException {
    while (true) {
      BencodeValue complete = step();
      if (complete == null) {
        continue;
      }
      OpenContainer container = open.peek();
      if (container == null) {
        return new Bencode.Prefix(complete, position);
      }
      container.add(complete);
    }
  }

  /**
   * Reads one token; the value that it completes, or null when it opens a container or is a key.
   */
  private @Nullable BencodeValue step() throws BencodeException {
    byte first = peek();
    OpenContainer container = open.peek();
    boolean awaitsKey = container instanceof OpenDictionary dictionary && dictionary.awaitsKey();
    if (first == 'e' && (awaitsKey || container instanceof OpenList)) {
      position++;
      return open.pop().close(position);
    }
    if (container instanceof OpenDictionary dictionary && awaitsKey) {
      readKey(dictionary, first);
      return null;
    }
    if (isDigit(first)) {
      return readString();
    }
    if (first == 'i') {
      return readInteger();
    }
    if (first == 'l' || first == 'd') {
      open(first == 'l' ? new OpenList() : new OpenDictionary(position, keyOrder));
      return null;
    }
    throw fault(Kind.UNEXPECTED_BYTE);
  }

  private void open(OpenContainer container) throws BencodeException {
    countToken();
    if (open.size() == limits.maxDepth()) {
      throw fault(Kind.TOO_DEEP);
    }
    open.push(container);
    position++;
  }

  private void readKey(OpenDictionary dictionary, byte first) throws BencodeException {
    if (first == 'i' || first == 'l' || first == 'd') {
      throw fault(Kind.NON_STRING_KEY);
    }
    if (!isDigit(first)) {
      throw fault(Kind.UNEXPECTED_BYTE);
    }
    int start = position;
    dictionary.key(readString(), start);
  }

  private BencodeString readString() throws BencodeException {
    countToken();
    int length = readLength();
    if (length > windowEnd() - position) {
      throw pastTheEnd();
    }
    byte[] bytes = new byte[length];
    input.get(position, bytes);
    position += length;
    return BencodeString.owning(bytes);
  }

  private int readLength() throws BencodeException {
    int start = position;
    long length = 0;
    while (isDigit(peek())) {
      if (position > start && length == 0) {
        throw BencodeException.at(start, Kind.LEADING_ZERO);
      }
      length = length * 10 + (peek() - '0');
      if (length > limits.maxStringBytes()) {
        throw BencodeException.at(start, Kind.STRING_TOO_LONG);
      }
      position++;
    }
    if (peek() != ':') {
      throw fault(Kind.UNEXPECTED_BYTE);
    }
    position++;
    return (int) length;
  }

  private BencodeInteger readInteger() throws BencodeException {
    countToken();
    int start = position++;
    boolean negative = peek() == '-';
    if (negative) {
      position++;
    }
    int digits = position;
    // Counted down, since only the negative range holds every 64-bit number.
    long negated = 0;
    for (; isDigit(peek()); position++) {
      if (position > digits && negated == 0) {
        throw BencodeException.at(start, Kind.LEADING_ZERO);
      }
      int digit = peek() - '0';
      if (negated < (Long.MIN_VALUE + digit) / 10) {
        throw BencodeException.at(start, Kind.INTEGER_OVERFLOW);
      }
      negated = negated * 10 - digit;
    }
    if (peek() != 'e') {
      throw fault(Kind.UNEXPECTED_BYTE);
    }
    if (position == digits) {
      throw BencodeException.at(start, Kind.EMPTY_INTEGER);
    }
    if (negative && negated == 0) {
      throw BencodeException.at(start, Kind.NEGATIVE_ZERO);
    }
    if (!negative && negated == Long.MIN_VALUE) {
      throw BencodeException.at(start, Kind.INTEGER_OVERFLOW);
    }
    position++;
    return new BencodeInteger(negative ? negated : -negated);
  }

  private void countToken() throws BencodeException {
    if (++tokens > limits.maxTokens()) {
      throw fault(Kind.TOO_MANY_TOKENS);
    }
  }

  private byte peek() throws BencodeException {
    if (position >= windowEnd()) {
      throw pastTheEnd();
    }
    return input.get(position);
  }

  private int windowEnd() {
    return Math.min(input.limit(), limits.maxInputBytes());
  }

  private BencodeException pastTheEnd() {
    return input.limit() > limits.maxInputBytes()
        ? BencodeException.at(limits.maxInputBytes(), Kind.INPUT_TOO_LONG)
        : BencodeException.at(input.limit(), Kind.TRUNCATED);
  }

  private BencodeException fault(Kind kind) {
    return BencodeException.at(position, kind);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
