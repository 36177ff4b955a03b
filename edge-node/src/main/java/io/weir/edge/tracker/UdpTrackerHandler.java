package io.weir.edge.tracker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket's side of {@link UdpExchange}: packets to it and from it, one flush for all that one
 * read brought. Answers are written one behind the other into a slab, of which each packet holds
 * its part until it is sent. Answers that the socket is not ready to take are dropped, never queued
 * without bound. Its channel's event loop only.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a datagram that cannot be sent is lost, as on any hop
final class UdpTrackerHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(UdpTrackerHandler.class);

  private static final int SLAB_BYTES = 64 << 10;

  private final UdpExchange exchange;
  private final UdpMetrics metrics;
  private @Nullable ByteBuf slab;

  UdpTrackerHandler(UdpExchange exchange, UdpMetrics metrics) {
    this.exchange = exchange;
    this.metrics = metrics;
  }

  /** Takes ownership of the packet. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      if (ctx.channel().isWritable()) {
        answer(ctx, packet);
      } else {
        metrics.congested.increment();
      }
    } finally {
      packet.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (slab != null) {
      slab.release();
      slab = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    metrics.failed.increment();
    LOG.debug("UDP tracker failed on a packet", cause);
  }

  private void answer(ChannelHandlerContext ctx, DatagramPacket packet) {
    ByteBuf content = packet.content();
    ByteBuf replies = slab(ctx);
    int start = replies.writerIndex();
    ByteBuffer reply = replies.internalNioBuffer(start, UdpExchange.MAX_REPLY_BYTES);
    int before = reply.position();
    if (exchange.answer(
        packet.sender().getAddress(),
        content.internalNioBuffer(content.readerIndex(), content.readableBytes()),
        reply)) {
      int length = reply.position() - before;
      replies.writerIndex(start + length);
      ctx.write(
          new DatagramPacket(replies.retainedSlice(start, length), packet.sender()),
          ctx.voidPromise());
    }
  }

  /** A slab with room for an answer, borrowed for the call. */
  private ByteBuf slab(ChannelHandlerContext ctx) {
    ByteBuf present = slab;
    if (present != null) {
      if (present.writableBytes() >= UdpExchange.MAX_REPLY_BYTES) {
        return present;
      }
      present.release();
    }
    ByteBuf next = ctx.alloc().directBuffer(SLAB_BYTES, SLAB_BYTES);
    slab = next;
    return next;
  }
}
