package io.weir.protocol.bencode;

import io.weir.protocol.bencode.BencodeException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list or dictionary whose end the decoder has not met yet. */
sealed interface OpenContainer {
  /** Adds a complete value. */
  void add(BencodeValue value);

  /** The complete container, which ends before this offset. */
  BencodeValue close(int end);

  /** A list that is still open. */
  final class OpenList implements OpenContainer {
    private final List<BencodeValue> values = new ArrayList<>(4);

    @Override
    public void add(BencodeValue value) {
      values.add(value);
    }

    @Override
    public BencodeValue close(int end) {
      return new BencodeList(values);
    }
  }

  /** A dictionary that is still open: it waits for a key, then for that key's value. */
  final class OpenDictionary implements OpenContainer {
    private final TreeMap<BencodeString, BencodeValue> entries = new TreeMap<>();
    private final int start;
    private final KeyOrder keyOrder;
    private @Nullable BencodeString key;

    OpenDictionary(int start, KeyOrder keyOrder) {
      this.start = start;
      this.keyOrder = keyOrder;
    }

    boolean awaitsKey() {
      return key == null;
    }

    void key(BencodeString next, int offset) throws BencodeException {
      if (entries.containsKey(next)) {
        throw BencodeException.at(offset, Kind.DUPLICATE_KEY);
      }
      if (keyOrder == KeyOrder.SORTED
          && !entries.isEmpty()
          && entries.lastKey().compareTo(next) > 0) {
        throw BencodeException.at(offset, Kind.UNSORTED_KEYS);
      }
      key = next;
    }

    @Override
    public void add(BencodeValue value) {
      if (key == null) {
        throw new IllegalStateException("value without a key");
      }
      entries.put(key, value);
      key = null;
    }

    @Override
    public BencodeValue close(int end) {
      return new BencodeDictionary(entries, new ByteSpan(start, end - start));
    }
  }
}
