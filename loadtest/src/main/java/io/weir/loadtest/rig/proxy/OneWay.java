package io.weir.loadtest.rig.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;

/**
 * One direction of one connection: what is read at this end is written at the other one way later,
 * and makes room in the window one way after it was written, when word of it would be back. The end
 * of the stream takes as long. On the event loop that both ends share.
 */
final class OneWay extends ChannelInboundHandlerAdapter {
  private final Line line;
  private final Channel to;
  private int underWayBytes;

  /** Borrows the other end. */
  OneWay(Line line, Channel to) {
    this.line = line;
    this.to = to;
  }

  /** Begins to carry what comes at this end, which reads nothing until then. */
  void attach(Channel from) {
    from.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new WindowedReads(this::roomBytes));
    from.pipeline().addLast(this);
    from.read();
  }

  private int roomBytes() {
    return line.windowBytes() - underWayBytes;
  }

  /** Takes ownership. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    ByteBuf bytes = (ByteBuf) read;
    underWayBytes += bytes.readableBytes();
    oneWayLater(() -> arrive(ctx.channel(), bytes));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (roomBytes() > 0) {
      ctx.read();
    }
  }

  /** Takes ownership. */
  private void arrive(Channel from, ByteBuf bytes) {
    int length = bytes.readableBytes();
    var unused =
        to.writeAndFlush(bytes).addListener(written -> oneWayLater(() -> makeRoom(from, length)));
  }

  private void makeRoom(Channel from, int length) {
    boolean wasFull = roomBytes() == 0;
    underWayBytes -= length;
    if (wasFull) {
      from.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    oneWayLater(
        () -> {
          var unused =
              to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var unused = ctx.close();
  }

  private void oneWayLater(Runnable step) {
    var unused = to.eventLoop().schedule(step, line.oneWayNanos(), TimeUnit.NANOSECONDS);
  }
}
