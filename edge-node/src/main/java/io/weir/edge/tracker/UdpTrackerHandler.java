package io.weir.edge.tracker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.weir.edge.socket.SourcePrefix;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket's side of {@link UdpExchange}: packets to it and from it, one flush for all that one
 * read brought. Answers that the socket is not ready to take are dropped, never queued without
 * bound. Its channel's event loop only.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a datagram that cannot be sent is lost, as on any hop
final class UdpTrackerHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(UdpTrackerHandler.class);

  private final UdpExchange exchange;
  private final UdpMetrics metrics;
  private final ByteBuffer reply = ByteBuffer.allocate(UdpExchange.MAX_REPLY_BYTES);

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
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    metrics.failed.increment();
    LOG.debug("UDP tracker failed on a packet", cause);
  }

  private void answer(ChannelHandlerContext ctx, DatagramPacket packet) {
    InetAddress source = SourcePrefix.plain(packet.sender().getAddress());
    reply.clear();
    if (exchange.answer(source, packet.content().nioBuffer(), reply)) {
      reply.flip();
      ByteBuf out = ctx.alloc().directBuffer(reply.remaining()).writeBytes(reply);
      ctx.write(new DatagramPacket(out, packet.sender()), ctx.voidPromise());
    }
  }
}
