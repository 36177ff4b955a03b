package io.weir.protocol.bencode;

/**
 * An integer. BEP 3 sets no bound; 64 bits are what torrents and peers use.
 *
 * @param value the number
 */
public record BencodeInteger(long value) implements BencodeValue {}
