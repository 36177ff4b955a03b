package io.weir.protocol.wire;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * One message of the peer wire protocol, without its length prefix (BEP 3; BEP 5 for Port, BEP 6
 * for the fast extension, BEP 10 for Extended, BEP 52 for hashes). Pieces are counted from 0;
 * whether a piece or block lies within the content is for the session to check. Constructors refuse
 * what no torrent can have with an {@link IllegalArgumentException} that names message and value.
 *
 * <p>A message that holds a {@link ByteBuffer} borrows it: the message is valid as long as the
 * buffer's bytes are, and its equality is that of the remaining bytes.
 */
public sealed interface WireMessage {
  /** Largest block that may be asked for, 128 KiB; clients ask for 16 KiB. */
  int MAX_REQUEST_BYTES = 128 * 1024;

  /** What names hashes in BEP 52: a pieces root of 32 bytes and four numbers. */
  int HASH_RANGE_BYTES = 48;

  /** No message; keeps the connection from timing out. */
  record KeepAlive() implements WireMessage {}

  /** Id 0: the sender will answer no requests. */
  record Choke() implements WireMessage {}

  /** Id 1: the sender will answer requests. */
  record Unchoke() implements WireMessage {}

  /** Id 2: the sender wants pieces of the receiver. */
  record Interested() implements WireMessage {}

  /** Id 3: the sender wants none of the receiver's pieces. */
  record NotInterested() implements WireMessage {}

  /**
   * Id 4: the sender has this piece.
   *
   * @param piece 0 or more
   */
  record Have(int piece) implements WireMessage {
    /** Validates. */
    public Have {
      requirePiece("Have", piece);
    }
  }

  /**
   * Id 5: the pieces that the sender has, from the high bit of the first byte.
   *
   * @param bits a view, at least one byte
   */
  record Bitfield(ByteBuffer bits) implements WireMessage {
    /** Validates. */
    public Bitfield {
      if (!bits.hasRemaining()) {
        throw new IllegalArgumentException("Bitfield: empty");
      }
    }

    /** A bitfield of its own bytes for a content of this many pieces. */
    public static Bitfield of(BitSet have, int pieceCount) {
      if (have.length() > pieceCount) {
        throw new IllegalArgumentException(
            "Bitfield: piece " + (have.length() - 1) + " of " + pieceCount);
      }
      byte[] bits = new byte[lengthBytes(pieceCount)];
      for (int piece = have.nextSetBit(0); piece >= 0; piece = have.nextSetBit(piece + 1)) {
        bits[piece >> 3] |= (byte) (0x80 >> (piece & 7));
      }
      return new Bitfield(ByteBuffer.wrap(bits));
    }

    /**
     * The pieces, copied, for a content of this many.
     *
     * @throws WireException if it is not exactly as long as that needs, or a spare bit is set
     */
    public BitSet toBitSet(int pieceCount) throws WireException {
      if (bits.remaining() != lengthBytes(pieceCount)) {
        throw new WireException(
            "Bitfield: " + bits.remaining() + " bytes for " + pieceCount + " pieces");
      }
      BitSet have = new BitSet(pieceCount);
      for (int piece = 0; piece < bits.remaining() * 8; piece++) {
        if ((bits.get(bits.position() + (piece >> 3)) & (0x80 >> (piece & 7))) != 0) {
          have.set(piece);
        }
      }
      if (have.length() > pieceCount) {
        throw new WireException("Bitfield: spare bit " + (have.length() - 1) + " is set");
      }
      return have;
    }

    private static int lengthBytes(int pieceCount) {
      return (pieceCount >> 3) + ((pieceCount & 7) == 0 ? 0 : 1);
    }
  }

  /**
   * Id 6: asks for one block.
   *
   * @param piece 0 or more
   * @param begin offset within the piece, 0 or more
   * @param lengthBytes 1 to {@link #MAX_REQUEST_BYTES}
   */
  record Request(int piece, int begin, int lengthBytes) implements WireMessage {
    /** Validates. */
    public Request {
      requireBlock("Request", piece, begin, lengthBytes);
    }
  }

  /**
   * Id 7: one block.
   *
   * @param piece 0 or more
   * @param begin offset within the piece, 0 or more
   * @param block a view, valid as long as the frame it was decoded from; 1 to {@link
   *     #MAX_REQUEST_BYTES} bytes
   */
  record Piece(int piece, int begin, ByteBuffer block) implements WireMessage {
    /** Validates. */
    public Piece {
      requireBlock("Piece", piece, begin, block.remaining());
    }
  }

  /**
   * Id 8: takes a request back.
   *
   * @param piece 0 or more
   * @param begin offset within the piece, 0 or more
   * @param lengthBytes 1 to {@link #MAX_REQUEST_BYTES}
   */
  record Cancel(int piece, int begin, int lengthBytes) implements WireMessage {
    /** Validates. */
    public Cancel {
      requireBlock("Cancel", piece, begin, lengthBytes);
    }
  }

  /**
   * Id 9: where the sender's DHT node listens (BEP 5).
   *
   * @param port UDP port, 0 to 65535
   */
  record Port(int port) implements WireMessage {
    /** Validates. */
    public Port {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("Port: " + port + " is not within 0 to 65535");
      }
    }
  }

  /**
   * Id 13: a piece that the sender could send fast (BEP 6).
   *
   * @param piece 0 or more
   */
  record SuggestPiece(int piece) implements WireMessage {
    /** Validates. */
    public SuggestPiece {
      requirePiece("SuggestPiece", piece);
    }
  }

  /** Id 14: the sender has every piece (BEP 6). */
  record HaveAll() implements WireMessage {}

  /** Id 15: the sender has no piece (BEP 6). */
  record HaveNone() implements WireMessage {}

  /**
   * Id 16: this request will not be answered (BEP 6).
   *
   * @param piece 0 or more
   * @param begin offset within the piece, 0 or more
   * @param lengthBytes 1 to {@link #MAX_REQUEST_BYTES}
   */
  record RejectRequest(int piece, int begin, int lengthBytes) implements WireMessage {
    /** Validates. */
    public RejectRequest {
      requireBlock("RejectRequest", piece, begin, lengthBytes);
    }
  }

  /**
   * Id 17: a piece that may be requested while choked (BEP 6).
   *
   * @param piece 0 or more
   */
  record AllowedFast(int piece) implements WireMessage {
    /** Validates. */
    public AllowedFast {
      requirePiece("AllowedFast", piece);
    }
  }

  /**
   * Id 20: a message of an extension (BEP 10).
   *
   * @param id 0 for the extended handshake, otherwise as the receiver's handshake numbered it, to
   *     255
   * @param payload a view
   */
  record Extended(int id, ByteBuffer payload) implements WireMessage {
    /** Validates. */
    public Extended {
      if (id < 0 || id > 255) {
        throw new IllegalArgumentException("Extended: id " + id + " is not within 0 to 255");
      }
    }
  }

  /**
   * Id 21: asks for hashes of a file's Merkle tree (BEP 52).
   *
   * @param wanted which, as BEP 52 lays it out: a view of {@link #HASH_RANGE_BYTES}
   */
  record HashRequest(ByteBuffer wanted) implements WireMessage {
    /** Validates. */
    public HashRequest {
      requireHashRange("HashRequest", wanted);
    }
  }

  /**
   * Id 23: these hashes will not be sent (BEP 52).
   *
   * @param wanted as it stood in the request: a view of {@link #HASH_RANGE_BYTES}
   */
  record HashReject(ByteBuffer wanted) implements WireMessage {
    /** Validates. */
    public HashReject {
      requireHashRange("HashReject", wanted);
    }
  }

  /**
   * A message with an id that none of these BEPs defines; to be ignored. Its body is not kept.
   *
   * @param id as it stood in the frame, 0 to 255
   */
  record Unknown(int id) implements WireMessage {}

  private static void requirePiece(String message, int piece) {
    if (piece < 0) {
      throw new IllegalArgumentException(message + ": piece " + piece + " is negative");
    }
  }

  private static void requireHashRange(String message, ByteBuffer wanted) {
    if (wanted.remaining() != HASH_RANGE_BYTES) {
      throw new IllegalArgumentException(
          message + ": " + wanted.remaining() + " bytes, not " + HASH_RANGE_BYTES);
    }
  }

  private static void requireBlock(String message, int piece, int begin, int lengthBytes) {
    requirePiece(message, piece);
    if (begin < 0) {
      throw new IllegalArgumentException(message + ": begin " + begin + " is negative");
    }
    if (lengthBytes < 1 || lengthBytes > MAX_REQUEST_BYTES) {
      throw new IllegalArgumentException(
          message + ": length " + lengthBytes + " is not within 1 to " + MAX_REQUEST_BYTES);
    }
    if (begin > Integer.MAX_VALUE - lengthBytes) {
      throw new IllegalArgumentException(message + ": block ends beyond any piece");
    }
  }
}
