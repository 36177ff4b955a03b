package io.weir.loadtest.rig.tracker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Announces of one source by UDP (BEP 15) from a socket of its own: connects, and again each
 * minute, and sends announces in bursts, each with one call to the kernel.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a datagram that is not sent is one that is lost
final class UdpAnnouncer extends ChannelInboundHandlerAdapter implements Announcer {
  private static final long CONNECT_MAGIC = 0x41727101980L;
  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int ERROR = 3;
  private static final int ANNOUNCE_BYTES = 98;
  private static final int HEAD_BYTES = 20;
  private static final int PEER_BYTES = 6;
  private static final int SLOT_BITS = 6;
  private static final long CONNECTION_NANOS = TimeUnit.MINUTES.toNanos(1);
  static final byte[] PEER_ID = "-WL0001-loadtest0000".getBytes(StandardCharsets.US_ASCII);

  private final TrackerPlan plan;
  private final byte[][] infoHashes;
  private final Source source;
  private final TrackerRun run;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final long[] dueNanos;
  private @Nullable ChannelHandlerContext context;
  private long connectionId;
  private long connectedNanos;
  private long sentNanos;
  private long underWay;
  private int generation;

  UdpAnnouncer(TrackerPlan plan, byte[][] infoHashes, Source source, TrackerRun run) {
    this.plan = plan;
    this.infoHashes = infoHashes;
    this.source = source;
    this.run = run;
    this.dueNanos = new long[plan.burst()];
  }

  /** Completes with the first connection id. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    connect(ctx);
    ctx.flush();
  }

  @Override
  public void announce(int count, long firstNumber) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("announces before its socket is open");
    }
    sentNanos = System.nanoTime();
    if (sentNanos - connectedNanos > CONNECTION_NANOS) {
      connect(ctx);
    }
    generation++;
    underWay = count == Long.SIZE ? -1 : (1L << count) - 1;
    for (int slot = 0; slot < count; slot++) {
      dueNanos[slot] = run.dueNanos(firstNumber + slot);
      ctx.write(packet(ctx, generation << SLOT_BITS | slot), ctx.voidPromise());
    }
    ctx.flush();
  }

  @Override
  public void giveUp(long sentBeforeNanos) {
    if (underWay != 0 && sentNanos - sentBeforeNanos < 0) {
      int count = Long.bitCount(underWay);
      underWay = 0;
      run.onLost(count);
      run.onFree(this);
    }
  }

  /** Takes ownership of the packet. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      onPacket(packet.content());
    } finally {
      packet.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connected.completeExceptionally(cause);
    run.onFailure("socket: " + cause.getMessage());
  }

  private void onPacket(ByteBuf packet) {
    if (packet.readableBytes() < Long.BYTES) {
      run.onFailure("answer of " + packet.readableBytes() + " bytes");
      return;
    }
    int action = packet.readInt();
    int transactionId = packet.readInt();
    if (action == CONNECT && packet.readableBytes() == Long.BYTES) {
      connectionId = packet.readLong();
      connectedNanos = System.nanoTime();
      connected.complete(null);
      return;
    }
    int slot = transactionId & (1 << SLOT_BITS) - 1;
    if (transactionId >>> SLOT_BITS != generation << SLOT_BITS >>> SLOT_BITS
        || (underWay & 1L << slot) == 0) {
      return; // given up before it came
    }
    underWay &= ~(1L << slot);
    onAnswer(action, dueNanos[slot], packet);
    if (underWay == 0) {
      run.onFree(this);
    }
  }

  private void onAnswer(int action, long due, ByteBuf rest) {
    int bytes = Long.BYTES + rest.readableBytes();
    if (action == ERROR) {
      run.onFailure("refused: " + rest.toString(StandardCharsets.UTF_8));
    } else if (action != ANNOUNCE || bytes < HEAD_BYTES || (bytes - HEAD_BYTES) % PEER_BYTES != 0) {
      // opentracker answers so for a swarm that its whitelist does not name
      run.onFailure("no answer to an announce: action " + action + ", " + bytes + " bytes");
    } else {
      boolean looked = run.verifiesNext();
      if (looked && !arePeers(rest)) {
        run.onFailure("malformed peers: " + ByteBufUtil.hexDump(rest));
      } else {
        run.onAnswer(due, bytes, (bytes - HEAD_BYTES) / PEER_BYTES, looked);
      }
    }
  }

  /** Whether every entry has an address and a port. */
  private static boolean arePeers(ByteBuf rest) {
    int at = rest.readerIndex() + HEAD_BYTES - Long.BYTES;
    for (; at < rest.writerIndex(); at += PEER_BYTES) {
      if (rest.getInt(at) == 0 || rest.getShort(at + Integer.BYTES) == 0) {
        return false;
      }
    }
    return true;
  }

  private void connect(ChannelHandlerContext ctx) {
    ByteBuf packet = ctx.alloc().directBuffer(Long.BYTES * 2);
    packet.writeLong(CONNECT_MAGIC).writeInt(CONNECT).writeInt(0);
    ctx.write(packet, ctx.voidPromise());
  }

  /** Returns owned. */
  private ByteBuf packet(ChannelHandlerContext ctx, int transactionId) {
    boolean seed = source.isSeed();
    return ctx.alloc()
        .directBuffer(ANNOUNCE_BYTES)
        .writeLong(connectionId)
        .writeInt(ANNOUNCE)
        .writeInt(transactionId)
        .writeBytes(infoHashes[source.nextSwarm()])
        .writeBytes(PEER_ID)
        .writeLong(1)
        .writeLong(seed ? 0 : 1)
        .writeLong(0)
        .writeInt(0)
        .writeInt(0)
        .writeInt(1)
        .writeInt(plan.numWant())
        .writeShort(Source.PEER_PORT);
  }
}
