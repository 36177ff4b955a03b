package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Cuts the byte stream into frames and hands each message to the session while its bytes are still
 * in Netty's buffer, so that nothing is copied or counted for a message that is only looked at.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  private static final int PREFIX_BYTES = 4;

  private final PeerConnection connection;
  private final PeerSession session;

  FrameDecoder(PeerConnection connection, PeerSession session) {
    this.connection = connection;
    this.session = session;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!connection.isOpen()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < PREFIX_BYTES) {
      return;
    }
    long frameBytes = in.getUnsignedInt(in.readerIndex());
    if (frameBytes > WireCodec.MAX_FRAME_BYTES) {
      connection.close(CloseReason.FRAME_TOO_LONG, "frame of " + frameBytes + " bytes");
    } else if (in.readableBytes() >= PREFIX_BYTES + frameBytes) {
      ByteBuffer frame = in.internalNioBuffer(in.readerIndex() + PREFIX_BYTES, (int) frameBytes);
      in.skipBytes(PREFIX_BYTES + (int) frameBytes);
      dispatch(frame);
    }
  }

  /** Borrows the frame for the call. */
  private void dispatch(ByteBuffer frame) {
    try {
      session.onMessage(WireCodec.decode(frame));
    } catch (WireException e) {
      connection.close(CloseReason.MALFORMED_MESSAGE, e.getMessage());
    } catch (PeerViolation e) {
      connection.close(e.reason(), e.getMessage());
    }
  }
}
