package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client on a thin line: asks for the whole object and takes a little of it at a time, for as
 * long as the run lasts. Its event loop's.
 */
final class SlowReader extends ChannelInboundHandlerAdapter {
  private static final int READS_PER_SECOND = 10;

  private final HttpLoadPlan plan;
  private final HttpConnection.Listener listener;
  private @Nullable Future<?> reads;

  SlowReader(HttpLoadPlan plan, HttpConnection.Listener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** How much one read takes. */
  static int readBytes(HttpLoadPlan plan) {
    return Math.max(1, plan.slowBytesPerSecond() / READS_PER_SECOND);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    var unused = ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), plan.request(0, -1)));
    reads =
        ctx.executor()
            .scheduleAtFixedRate(
                ctx::read,
                0,
                TimeUnit.SECONDS.toMillis(1) / READS_PER_SECOND,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ((ByteBuf) message).release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (reads != null) {
      reads.cancel(false);
    }
    listener.onFailure("the server closed a slow reader's connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var unused = ctx.close();
  }
}
