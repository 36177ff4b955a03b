package io.weir.loadtest.rig.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a little at a time from the socket, as a peer on a thin line does. Its event loop's. */
final class SlowReading extends ChannelInboundHandlerAdapter {
  private static final int READS_PER_SECOND = 10;

  private @Nullable Future<?> reads;

  /** How much one read takes, at this rate. */
  static int readBytes(int bytesPerSecond) {
    return Math.max(1, bytesPerSecond / READS_PER_SECOND);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    reads =
        ctx.executor()
            .scheduleAtFixedRate(
                ctx::read,
                0,
                TimeUnit.SECONDS.toMillis(1) / READS_PER_SECOND,
                TimeUnit.MILLISECONDS);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (reads != null) {
      reads.cancel(false);
    }
    ctx.fireChannelInactive();
  }
}
