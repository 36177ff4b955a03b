package io.weir.protocol.wire;

import io.weir.protocol.wire.WireMessage.AllowedFast;
import io.weir.protocol.wire.WireMessage.Bitfield;
import io.weir.protocol.wire.WireMessage.Cancel;
import io.weir.protocol.wire.WireMessage.Choke;
import io.weir.protocol.wire.WireMessage.Extended;
import io.weir.protocol.wire.WireMessage.HashReject;
import io.weir.protocol.wire.WireMessage.HashRequest;
import io.weir.protocol.wire.WireMessage.Have;
import io.weir.protocol.wire.WireMessage.HaveAll;
import io.weir.protocol.wire.WireMessage.HaveNone;
import io.weir.protocol.wire.WireMessage.Interested;
import io.weir.protocol.wire.WireMessage.KeepAlive;
import io.weir.protocol.wire.WireMessage.NotInterested;
import io.weir.protocol.wire.WireMessage.Piece;
import io.weir.protocol.wire.WireMessage.Port;
import io.weir.protocol.wire.WireMessage.RejectRequest;
import io.weir.protocol.wire.WireMessage.Request;
import io.weir.protocol.wire.WireMessage.SuggestPiece;
import io.weir.protocol.wire.WireMessage.Unchoke;
import io.weir.protocol.wire.WireMessage.Unknown;
import java.nio.ByteBuffer;

/**
 * Wire messages as bytes (BEP 3, 6, 10, 52). A frame is a four-byte big-endian length and as many
 * bytes. Buffers written to are big-endian, as they are when new. Stateless, any thread.
 */
public final class WireCodec {
  /** The unit that clients request (16 KiB). */
  public static final int BLOCK_BYTES = 16 * 1024;

  /** Largest frame accepted, its length prefix not counted. */
  public static final int MAX_FRAME_BYTES = 128 * 1024;

  /** Bytes of a Piece message before its block: length prefix, id, piece, begin. */
  public static final int PIECE_HEADER_BYTES = 13;

  private static final int PREFIX_BYTES = 4;

  /**
   * Decodes one frame (after the length prefix, exactly {@code frame.remaining()} bytes; 0 is a
   * keep-alive). Position unchanged; {@link Bitfield}, {@link Piece}, {@link Extended} and the
   * messages of hashes are views of the frame, nothing is copied.
   *
   * @throws WireException if the frame is larger than {@link #MAX_FRAME_BYTES}, or its length or a
   *     value in it is not one that its message can have
   */
  public static WireMessage decode(ByteBuffer frame) throws WireException {
    return new FrameDecoder(frame).decode();
  }

  /** Bytes that {@link #encode} will write, length prefix included. */
  public static int encodedLengthBytes(WireMessage message) {
    if (message instanceof KeepAlive) {
      return PREFIX_BYTES;
    }
    return PREFIX_BYTES + 1 + bodyBytes(message);
  }

  /** Writes length prefix and message, advancing the buffer; a message's own buffer stays. */
  public static void encode(WireMessage message, ByteBuffer out) {
    if (message instanceof KeepAlive) {
      out.putInt(0);
      return;
    }
    out.putInt(1 + bodyBytes(message)).put((byte) id(message));
    if (message instanceof Request m) {
      putBlock(m.piece(), m.begin(), m.lengthBytes(), out);
    } else if (message instanceof Piece m) {
      out.putInt(m.piece()).putInt(m.begin()).put(m.block().duplicate());
    } else if (message instanceof Have m) {
      out.putInt(m.piece());
    } else if (message instanceof Bitfield m) {
      out.put(m.bits().duplicate());
    } else if (message instanceof Cancel m) {
      putBlock(m.piece(), m.begin(), m.lengthBytes(), out);
    } else if (message instanceof Port m) {
      out.putShort((short) m.port());
    } else if (message instanceof SuggestPiece m) {
      out.putInt(m.piece());
    } else if (message instanceof RejectRequest m) {
      putBlock(m.piece(), m.begin(), m.lengthBytes(), out);
    } else if (message instanceof AllowedFast m) {
      out.putInt(m.piece());
    } else if (message instanceof Extended m) {
      out.put((byte) m.id()).put(m.payload().duplicate());
    } else if (message instanceof HashRequest m) {
      out.put(m.wanted().duplicate());
    } else if (message instanceof HashReject m) {
      out.put(m.wanted().duplicate());
    }
  }

  /** Writes the 13 bytes that precede a block. */
  public static void encodePieceHeader(int piece, int begin, int blockBytes, ByteBuffer out) {
    out.putInt(PIECE_HEADER_BYTES - PREFIX_BYTES + blockBytes)
        .put((byte) MessageId.PIECE)
        .putInt(piece)
        .putInt(begin);
  }

  private static void putBlock(int piece, int begin, int lengthBytes, ByteBuffer out) {
    out.putInt(piece).putInt(begin).putInt(lengthBytes);
  }

  private static int bodyBytes(WireMessage message) {
    if (message instanceof Request
        || message instanceof Cancel
        || message instanceof RejectRequest) {
      return 3 * Integer.BYTES;
    } else if (message instanceof Have
        || message instanceof SuggestPiece
        || message instanceof AllowedFast) {
      return Integer.BYTES;
    } else if (message instanceof Piece m) {
      return 2 * Integer.BYTES + m.block().remaining();
    } else if (message instanceof Bitfield m) {
      return m.bits().remaining();
    } else if (message instanceof Extended m) {
      return 1 + m.payload().remaining();
    } else if (message instanceof HashRequest || message instanceof HashReject) {
      return WireMessage.HASH_RANGE_BYTES;
    }
    return message instanceof Port ? Short.BYTES : 0;
  }

  private static int id(WireMessage message) {
    if (message instanceof Request) {
      return MessageId.REQUEST;
    } else if (message instanceof Piece) {
      return MessageId.PIECE;
    } else if (message instanceof Have) {
      return MessageId.HAVE;
    } else if (message instanceof Choke) {
      return MessageId.CHOKE;
    } else if (message instanceof Unchoke) {
      return MessageId.UNCHOKE;
    } else if (message instanceof Interested) {
      return MessageId.INTERESTED;
    } else if (message instanceof NotInterested) {
      return MessageId.NOT_INTERESTED;
    } else if (message instanceof Bitfield) {
      return MessageId.BITFIELD;
    } else if (message instanceof Cancel) {
      return MessageId.CANCEL;
    } else if (message instanceof Port) {
      return MessageId.PORT;
    } else if (message instanceof SuggestPiece) {
      return MessageId.SUGGEST_PIECE;
    } else if (message instanceof HaveAll) {
      return MessageId.HAVE_ALL;
    } else if (message instanceof HaveNone) {
      return MessageId.HAVE_NONE;
    } else if (message instanceof RejectRequest) {
      return MessageId.REJECT_REQUEST;
    } else if (message instanceof AllowedFast) {
      return MessageId.ALLOWED_FAST;
    } else if (message instanceof Extended) {
      return MessageId.EXTENDED;
    } else if (message instanceof HashRequest) {
      return MessageId.HASH_REQUEST;
    } else if (message instanceof HashReject) {
      return MessageId.HASH_REJECT;
    } else if (message instanceof Unknown unknown) {
      return unknown.id();
    }
    throw new IllegalArgumentException("has no id: " + message);
  }

  private WireCodec() {}
}
