package io.weir.protocol.wire;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.bencode.KeyOrder;
import java.nio.ByteBuffer;

/**
 * A {@code ut_metadata} message (BEP 9): the info dictionary in blocks, counted from 0.
 * Constructors refuse what no info dictionary can have with an {@link IllegalArgumentException}.
 */
public sealed interface MetadataMessage {
  /** Bytes of metadata in each message but the last. */
  int BLOCK_BYTES = 16 * 1024;

  /**
   * Asks for a block.
   *
   * @param block 0 or more
   */
  record Request(int block) implements MetadataMessage {
    /** Validates. */
    public Request {
      requireBlock(block);
    }
  }

  /**
   * One block.
   *
   * @param block 0 or more
   * @param totalBytes length of the info dictionary, 1 to {@link
   *     ExtendedHandshake#MAX_METADATA_BYTES}
   * @param data a view, valid as long as the payload it was decoded from; exactly as long as this
   *     block of that total is
   */
  record Data(int block, int totalBytes, ByteBuffer data) implements MetadataMessage {
    /** Validates. */
    public Data {
      requireBlock(block);
      if (totalBytes < 1 || totalBytes > ExtendedHandshake.MAX_METADATA_BYTES) {
        throw new IllegalArgumentException("total_size: " + totalBytes + " is out of range");
      }
      long expected = Math.min(BLOCK_BYTES, totalBytes - (long) block * BLOCK_BYTES);
      if (data.remaining() != expected) {
        throw new IllegalArgumentException(
            "data: " + data.remaining() + " bytes for block " + block + " of " + totalBytes);
      }
    }
  }

  /**
   * The block will not be sent.
   *
   * @param block 0 or more
   */
  record Reject(int block) implements MetadataMessage {
    /** Validates. */
    public Reject {
      requireBlock(block);
    }
  }

  /**
   * A message of a type that BEP 9 does not define, to be ignored.
   *
   * @param type as it was sent
   */
  record Unknown(long type) implements MetadataMessage {}

  /**
   * Reads the payload of an Extended message; position unchanged, {@link Data} is a view.
   *
   * @throws WireException if it is no dictionary, lacks a key or has an impossible value
   */
  static MetadataMessage decode(ByteBuffer payload) throws WireException {
    try {
      Bencode.Prefix prefix = Bencode.decodePrefix(payload, BencodeLimits.WIRE, KeyOrder.ANY);
      BencodeDictionary dictionary = Bencode.asDictionary(prefix.value());
      long type = dictionary.integer("msg_type");
      if (type < 0 || type > 2) {
        return new Unknown(type);
      }
      int block = Math.toIntExact(dictionary.integer("piece", 0, Integer.MAX_VALUE));
      if (type == 1) {
        int total = Math.toIntExact(dictionary.integer("total_size", 0, Integer.MAX_VALUE));
        int start = payload.position() + prefix.lengthBytes();
        return new Data(block, total, payload.slice(start, payload.limit() - start));
      }
      return type == 0 ? new Request(block) : new Reject(block);
    } catch (BencodeException | IllegalArgumentException e) {
      throw new WireException("ut_metadata: " + e.getMessage());
    }
  }

  /** The payload of an Extended message. */
  default byte[] encode() {
    BencodeDictionary.Builder dictionary = BencodeDictionary.builder();
    if (this instanceof Request request) {
      dictionary.put("msg_type", 0).put("piece", request.block());
    } else if (this instanceof Data data) {
      dictionary.put("msg_type", 1).put("piece", data.block()).put("total_size", data.totalBytes());
      byte[] head = Bencode.encode(dictionary.build());
      return ByteBuffer.allocate(head.length + data.data().remaining())
          .put(head)
          .put(data.data().duplicate())
          .array();
    } else if (this instanceof Reject reject) {
      dictionary.put("msg_type", 2).put("piece", reject.block());
    } else if (this instanceof Unknown unknown) {
      dictionary.put("msg_type", unknown.type());
    }
    return Bencode.encode(dictionary.build());
  }

  private static void requireBlock(int block) {
    if (block < 0) {
      throw new IllegalArgumentException("piece: " + block + " is negative");
    }
  }
}
