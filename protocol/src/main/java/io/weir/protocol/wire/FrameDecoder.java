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
 * Decodes one frame without its length prefix. The frame's length is checked here, the values by
 * the messages' own constructors. Borrows the frame.
 */
final class FrameDecoder {
  private static final WireMessage KEEP_ALIVE = new KeepAlive();
  private static final WireMessage CHOKE = new Choke();
  private static final WireMessage UNCHOKE = new Unchoke();
  private static final WireMessage INTERESTED = new Interested();
  private static final WireMessage NOT_INTERESTED = new NotInterested();
  private static final WireMessage HAVE_ALL = new HaveAll();
  private static final WireMessage HAVE_NONE = new HaveNone();

  private static final int ID_BYTES = 1;
  private static final int PIECE_INDEX_BYTES = ID_BYTES + Integer.BYTES;
  private static final int BLOCK_NAME_BYTES = ID_BYTES + 3 * Integer.BYTES;
  private static final int PIECE_HEADER_BYTES = ID_BYTES + 2 * Integer.BYTES;

  private final ByteBuffer frame;

  FrameDecoder(ByteBuffer frame) {
    this.frame = frame.slice();
  }

  WireMessage decode() throws WireException {
    if (frame.remaining() > WireCodec.MAX_FRAME_BYTES) {
      throw new WireException(
          "frame: " + frame.remaining() + " bytes, more than " + WireCodec.MAX_FRAME_BYTES);
    }
    if (!frame.hasRemaining()) {
      return KEEP_ALIVE;
    }
    try {
      return message(Byte.toUnsignedInt(frame.get(0)));
    } catch (IllegalArgumentException e) {
      throw new WireException(String.valueOf(e.getMessage()));
    }
  }

  private WireMessage message(int id) throws WireException {
    return switch (id) {
      case MessageId.CHOKE -> bare("Choke", CHOKE);
      case MessageId.UNCHOKE -> bare("Unchoke", UNCHOKE);
      case MessageId.INTERESTED -> bare("Interested", INTERESTED);
      case MessageId.NOT_INTERESTED -> bare("NotInterested", NOT_INTERESTED);
      case MessageId.HAVE -> new Have(pieceIndex("Have"));
      case MessageId.BITFIELD -> new Bitfield(from(ID_BYTES));
      case MessageId.REQUEST -> {
        requireLength("Request", BLOCK_NAME_BYTES);
        yield new Request(number(0), number(1), number(2));
      }
      case MessageId.PIECE -> {
        requireAtLeast("Piece", PIECE_HEADER_BYTES);
        yield new Piece(number(0), number(1), from(PIECE_HEADER_BYTES));
      }
      case MessageId.CANCEL -> {
        requireLength("Cancel", BLOCK_NAME_BYTES);
        yield new Cancel(number(0), number(1), number(2));
      }
      case MessageId.PORT -> {
        requireLength("Port", ID_BYTES + Short.BYTES);
        yield new Port(Short.toUnsignedInt(frame.getShort(ID_BYTES)));
      }
      case MessageId.SUGGEST_PIECE -> new SuggestPiece(pieceIndex("SuggestPiece"));
      case MessageId.HAVE_ALL -> bare("HaveAll", HAVE_ALL);
      case MessageId.HAVE_NONE -> bare("HaveNone", HAVE_NONE);
      case MessageId.REJECT_REQUEST -> {
        requireLength("RejectRequest", BLOCK_NAME_BYTES);
        yield new RejectRequest(number(0), number(1), number(2));
      }
      case MessageId.ALLOWED_FAST -> new AllowedFast(pieceIndex("AllowedFast"));
      case MessageId.EXTENDED -> {
        requireAtLeast("Extended", ID_BYTES + 1);
        yield new Extended(Byte.toUnsignedInt(frame.get(ID_BYTES)), from(ID_BYTES + 1));
      }
      case MessageId.HASH_REQUEST -> new HashRequest(from(ID_BYTES));
      case MessageId.HASH_REJECT -> new HashReject(from(ID_BYTES));
      default -> new Unknown(id);
    };
  }

  private WireMessage bare(String name, WireMessage message) throws WireException {
    requireLength(name, ID_BYTES);
    return message;
  }

  private int pieceIndex(String name) throws WireException {
    requireLength(name, PIECE_INDEX_BYTES);
    return number(0);
  }

  /** The nth four-byte number after the id. */
  private int number(int n) {
    return frame.getInt(ID_BYTES + n * Integer.BYTES);
  }

  private ByteBuffer from(int offset) {
    return frame.slice(offset, frame.limit() - offset);
  }

  private void requireLength(String name, int bytes) throws WireException {
    if (frame.limit() != bytes) {
      throw new WireException(name + ": " + frame.limit() + " bytes, not " + bytes);
    }
  }

  private void requireAtLeast(String name, int bytes) throws WireException {
    if (frame.limit() < bytes) {
      throw new WireException(name + ": " + frame.limit() + " bytes, less than " + bytes);
    }
  }
}
