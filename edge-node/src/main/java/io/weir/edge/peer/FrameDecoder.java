package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream into frames and hands each message to the session while its bytes are still
 * in the buffer that they were read into, so that nothing is copied or counted for a message that
 * is only looked at, and nothing is made of a request but its three numbers. Only a frame that is
 * cut by the end of a read is kept, as far as it has come. Confined to the channel's event loop.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
  private static final int PREFIX_BYTES = 4;

  /** What a request is known by (BEP 3). */
  private static final int REQUEST_FRAME_BYTES = 13;

  private static final int REQUEST_ID = 6;

  private final PeerConnection connection;
  private final PeerSession session;
  private @Nullable ByteBuf partial;

  FrameDecoder(PeerConnection connection, PeerSession session) {
    this.connection = connection;
    this.session = session;
  }

  /** Takes ownership of the bytes. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = joined((ByteBuf) message);
    try {
      while (connection.isOpen() && decode(in)) {
        // Goes on to the next frame.
      }
      if (connection.isOpen() && in.isReadable()) {
        partial = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
      }
    } finally {
      in.release();
    }
  }

  /** What was kept with what has come behind it; takes ownership, returns owned. */
  private ByteBuf joined(ByteBuf come) {
    ByteBuf kept = partial;
    if (kept == null) {
      return come;
    }
    partial = null;
    try {
      return kept.writeBytes(come);
    } finally {
      come.release();
    }
  }

  /** Takes one frame; false if it has not all come, or is none. Borrows the bytes for the call. */
  private boolean decode(ByteBuf in) {
    if (in.readableBytes() < PREFIX_BYTES) {
      return false;
    }
    int start = in.readerIndex() + PREFIX_BYTES;
    long frameBytes = in.getUnsignedInt(in.readerIndex());
    if (frameBytes > WireCodec.MAX_FRAME_BYTES) {
      connection.close(CloseReason.FRAME_TOO_LONG, "frame of " + frameBytes + " bytes");
      return false;
    }
    if (in.readableBytes() < PREFIX_BYTES + frameBytes) {
      return false;
    }
    in.skipBytes(PREFIX_BYTES + (int) frameBytes);
    try {
      if (frameBytes == REQUEST_FRAME_BYTES && in.getByte(start) == REQUEST_ID) {
        dispatchRequest(in, start + 1);
      } else {
        ByteBuffer frame = in.internalNioBuffer(start, (int) frameBytes);
        session.onMessage(WireCodec.decode(frame));
      }
    } catch (WireException e) {
      connection.close(CloseReason.MALFORMED_MESSAGE, e.getMessage());
    } catch (PeerViolation e) {
      connection.close(e.reason(), e.getMessage());
    }
    return true;
  }

  private void dispatchRequest(ByteBuf in, int start) throws PeerViolation {
    WireMessage.Request request;
    try {
      request =
          new WireMessage.Request(
              in.getInt(start),
              in.getInt(start + Integer.BYTES),
              in.getInt(start + 2 * Integer.BYTES));
    } catch (IllegalArgumentException e) {
      throw new PeerViolation(CloseReason.MALFORMED_MESSAGE, e.getMessage());
    }
    session.onRequest(request.piece(), request.begin(), request.lengthBytes());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }
}
