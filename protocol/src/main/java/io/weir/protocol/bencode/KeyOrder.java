package io.weir.protocol.bencode;

/** What the decoder asks of the order of a dictionary's keys. Duplicates are refused either way. */
public enum KeyOrder {
  /** Sorted by raw bytes, as BEP 3 demands: for anything that is hashed or kept. */
  SORTED,
  /** Any: for dictionaries on the wire, which some clients write in the order that suits them. */
  ANY
}
