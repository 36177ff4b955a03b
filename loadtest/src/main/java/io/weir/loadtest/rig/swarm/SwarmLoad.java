package io.weir.loadtest.rig.swarm;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Measurement;
import io.weir.loadtest.rig.Original;
import io.weir.loadtest.rig.Positions;
import io.weir.protocol.wire.PeerId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads one seed with leeching peers and measures. One run each; blocks its caller, works on one
 * event loop of its own.
 */
public final class SwarmLoad {
  /** For a seed that does not unchoke, and beyond the plan's time for one that stops answering. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Read at once: sixteen blocks to one system call, in a buffer that stays in the processor's
   * cache. Leaving blocks in the kernel instead would take a read and two splices for each.
   */
  private static final int READ_BYTES = 256 * 1024;

  private static final int IDLE_READ_BYTES = 1024;
  private static final int CONNECT_MILLIS = 10_000;

  private final SwarmLoadPlan plan;
  private final Random random;
  private int connected;

  /** A run that has not begun. */
  public SwarmLoad(SwarmLoadPlan plan) {
    this.plan = plan;
    this.random = new Random(plan.randomSeed());
  }

  /**
   * Runs it whole.
   *
   * @throws IOException if the seed cannot be connected to, the original does not fit the content,
   *     or the seed's process is not there
   */
  public LoadResult run() throws IOException, InterruptedException {
    Original original = original();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("swarm-load", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    try {
      return drive(loops.next(), original);
    } finally {
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private LoadResult drive(EventLoop loop, @Nullable Original original)
      throws IOException, InterruptedException {
    CompletableFuture<LoadResult> end = new CompletableFuture<>();
    SwarmRun run =
        new SwarmRun(
            plan,
            loop,
            new Measurement(
                plan.pace(), plan.warmUp(), plan.duration(), plan.serverPid(), loop, end));
    SwarmLoadPlan.Others others = plan.others();
    IdleDemand idle = new IdleDemand(run);
    for (int i = 0; i < others.idle(); i++) {
      connect(run, loop, IDLE_READ_BYTES, leecher(others.idleInterested(), null, idle));
    }
    SlowDemand slow = new SlowDemand(run);
    for (int i = 0; i < others.slow(); i++) {
      int readBytes = SlowReading.readBytes(others.slowBytesPerSecond());
      connect(run, loop, readBytes, new SlowReading(), leecher(true, null, slow));
    }
    for (int i = 0; i < plan.connections(); i++) {
      connect(run, loop, READ_BYTES, leecher(true, original, run));
    }
    loop.execute(run::start);
    try {
      return end.get(
          PATIENCE.multipliedBy(2).plus(plan.warmUp()).plus(plan.duration()).toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the run broke: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the generator did not end in time", e);
    }
  }

  private Leecher leecher(boolean interested, @Nullable Original original, Leecher.Owner owner) {
    Positions pieces =
        Positions.of(plan.spread(), plan.content().pieces(), 1, new Random(random.nextLong()));
    return new Leecher(
        plan.content(),
        PeerId.generate(random),
        interested,
        new BlockPicker(plan.content(), pieces),
        plan.outstanding(),
        original,
        owner);
  }

  /** The last handler is the peer. */
  private void connect(SwarmRun run, EventLoop loop, int readBytes, ChannelHandler... handlers)
      throws IOException, InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(readBytes).maxMessagesPerRead(1))
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(handlers);
                  }
                });
    if (plan.sources() > 1) {
      bootstrap.localAddress(
          new InetSocketAddress("127.0.0." + (1 + connected % plan.sources()), 0));
    }
    var connecting = bootstrap.connect(plan.seed()).await();
    if (!connecting.isSuccess()) {
      throw new IOException(
          plan.seed() + ": " + connecting.cause().getMessage(), connecting.cause());
    }
    connected++;
    run.add((Leecher) handlers[handlers.length - 1]);
  }

  private @Nullable Original original() throws IOException {
    if (plan.original() == null) {
      return null;
    }
    Original original = new Original(plan.original());
    if (original.lengthBytes() != plan.content().lengthBytes()) {
      throw new IOException(
          "%s has %d bytes, the content %d"
              .formatted(plan.original(), original.lengthBytes(), plan.content().lengthBytes()));
    }
    return original;
  }
}
