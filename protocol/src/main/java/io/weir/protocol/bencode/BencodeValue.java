package io.weir.protocol.bencode;

/**
 * One value of the four kinds that bencoding knows (BEP 3). Immutable; values are equal when their
 * canonical encodings are.
 */
public sealed interface BencodeValue
    permits BencodeInteger, BencodeString, BencodeList, BencodeDictionary {}
