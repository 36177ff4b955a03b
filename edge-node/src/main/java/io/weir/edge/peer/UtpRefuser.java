package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says no to uTP (BEP 29): every ST_SYN gets an ST_RESET, upon which a client turns to TCP at once
 * instead of after its timeout; all else is dropped. A reset is 20 bytes, never more than the SYN.
 * Its channel's event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a reset that cannot be sent is lost, as on any hop
final class UtpRefuser extends SimpleChannelInboundHandler<DatagramPacket> {
  static final int HEADER_BYTES = 20;

  private static final Logger LOG = LoggerFactory.getLogger(UtpRefuser.class);
  private static final int VERSION = 1;
  private static final int ST_RESET = 3;
  private static final int ST_SYN = 4;
  private static final int CONNECTION_ID_INDEX = 2;
  private static final int TIMESTAMP_INDEX = 4;
  private static final int SEQUENCE_INDEX = 16;
  private static final long NANOS_PER_MICRO = 1_000;

  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final PeerMetrics metrics;

  UtpRefuser(LongSupplier nanoClock, RandomGenerator random, PeerMetrics metrics) {
    this.nanoClock = nanoClock;
    this.random = random;
    this.metrics = metrics;
  }

  /** Borrows the packet; it is released after the call. */
  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
    ByteBuf syn = packet.content();
    if (isSyn(syn) && ctx.channel().isWritable()) {
      metrics.utpResets.increment();
      ctx.write(new DatagramPacket(reset(ctx, syn), packet.sender()), ctx.voidPromise());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // What ICMP said of an earlier reset, at most.
    LOG.trace("uTP socket reported an error", cause);
  }

  private static boolean isSyn(ByteBuf packet) {
    return packet.readableBytes() >= HEADER_BYTES
        && packet.getByte(packet.readerIndex()) == (ST_SYN << 4 | VERSION);
  }

  /** Returns owned. */
  private ByteBuf reset(ChannelHandlerContext ctx, ByteBuf syn) {
    int start = syn.readerIndex();
    int nowMicros = (int) (nanoClock.getAsLong() / NANOS_PER_MICRO);
    return ctx.alloc()
        .ioBuffer(HEADER_BYTES)
        .writeByte(ST_RESET << 4 | VERSION)
        .writeByte(0) // no extension header
        .writeShort(syn.getShort(start + CONNECTION_ID_INDEX))
        .writeInt(nowMicros)
        .writeInt(nowMicros - syn.getInt(start + TIMESTAMP_INDEX))
        .writeInt(0) // window: nothing may be sent
        .writeShort(random.nextInt())
        .writeShort(syn.getShort(start + SEQUENCE_INDEX));
  }
}
