package io.weir.loadtest.crowd.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a remote's bytes into its handshake and the frames after it. Whole frames are handed on in
 * the buffer they arrived in; only one that is split over two reads is copied together, so at most
 * one frame is held. Confined to its connection's event loop.
 */
final class FrameReader implements AutoCloseable {
  /** Takes what was cut out; each buffer is borrowed for the call. */
  interface Sink {
    void onHandshake(Handshake handshake) throws WireException;

    /** One frame without its length prefix; empty for a keep-alive. */
    void onFrame(ByteBuffer frame) throws WireException;
  }

  private static final int PREFIX_BYTES = 4;

  private final ByteBufAllocator allocator;
  private final Sink sink;
  private @Nullable ByteBuf partial;
  private boolean handshaken;
  private boolean closed;

  FrameReader(ByteBufAllocator allocator, Sink sink) {
    this.allocator = allocator;
    this.sink = sink;
  }

  /**
   * Reads all of {@code in}, which it borrows; stops early only if the sink closes this reader.
   *
   * @throws WireException if a frame is too long or the sink finds fault with it
   */
  void read(ByteBuf in) throws WireException {
    while (!closed && in.isReadable()) {
      if (partial == null) {
        int wholeBytes = wholeBytes(in);
        if (in.readableBytes() >= wholeBytes) {
          emit(in, wholeBytes);
        } else {
          partial = allocator.directBuffer(wholeBytes).writeBytes(in);
        }
      } else {
        complete(partial, in);
      }
    }
  }

  private void complete(ByteBuf held, ByteBuf in) throws WireException {
    moveUpTo(wholeBytes(held), in, held);
    int wholeBytes = wholeBytes(held);
    moveUpTo(wholeBytes, in, held);
    if (held.readableBytes() == wholeBytes) {
      partial = null;
      try {
        emit(held, wholeBytes);
      } finally {
        held.release();
      }
    }
  }

  private static void moveUpTo(int bytes, ByteBuf in, ByteBuf held) {
    held.writeBytes(in, Math.min(bytes - held.readableBytes(), in.readableBytes()));
  }

  /** Bytes of the handshake or frame that begins here, or of its length prefix if that is cut. */
  private int wholeBytes(ByteBuf buffer) throws WireException {
    if (!handshaken) {
      return Handshake.LENGTH_BYTES;
    }
    if (buffer.readableBytes() < PREFIX_BYTES) {
      return PREFIX_BYTES;
    }
    int lengthBytes = buffer.getInt(buffer.readerIndex());
    if (lengthBytes < 0 || lengthBytes > WireCodec.MAX_FRAME_BYTES) {
      throw new WireException("frame of " + Integer.toUnsignedString(lengthBytes) + " bytes");
    }
    return PREFIX_BYTES + lengthBytes;
  }

  private void emit(ByteBuf buffer, int wholeBytes) throws WireException {
    ByteBuffer whole = buffer.internalNioBuffer(buffer.readerIndex(), wholeBytes);
    buffer.skipBytes(wholeBytes);
    if (handshaken) {
      sink.onFrame(whole.position(whole.position() + PREFIX_BYTES));
    } else {
      handshaken = true;
      sink.onHandshake(Handshake.decode(whole));
    }
  }

  /** Frees what it holds; further reads do nothing. */
  @Override
  public void close() {
    closed = true;
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }
}
