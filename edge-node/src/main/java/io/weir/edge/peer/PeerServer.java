package io.weir.edge.peer;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.socket.Transport;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Content;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.process.BuildVersion;
import io.weir.protocol.wire.PeerId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The swarm's side of the edge: accepts peers over TCP and seeds to all of them, and refuses uTP on
 * the UDP port of the same number. Owns its event loops, one a processor; nothing on them blocks.
 */
public final class PeerServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);

  /**
   * A peer that has not taken its turn is not read from, until it has taken three quarters: what it
   * would ask for meanwhile could not be sent.
   */
  private static final WriteBufferWaterMark WRITE_BUFFER =
      new WriteBufferWaterMark(BlockWriter.TURN_BYTES / 4, BlockWriter.TURN_BYTES);

  /** Tells the handlers of a connection to finish what was asked for and close. */
  static final Object DRAIN = "drain";

  /**
   * What the kernel takes of a peer's blocks beyond what is on the network: a turn. Its buffer
   * grows to megabytes, which a peer on a thin line would fill for nothing.
   */
  private static final long NOT_SENT_BYTES = BlockWriter.TURN_BYTES;

  private static final int BACKLOG = 1024;
  private static final int FREE_PORT_ATTEMPTS = 16;
  private static final int CLOSE_SECONDS = 5;
  private static final int CONNECT_MILLIS = 5_000;

  private final EventLoopGroup loops;
  private final Channel tcp;
  private final Channel udp;
  private final DialBack dialBack;
  private final ChannelGroup open;
  private final PeerMetrics metrics;

  private record Bound(Channel tcp, Channel udp) {}

  private PeerServer(
      EventLoopGroup loops,
      Bound bound,
      DialBack dialBack,
      ChannelGroup open,
      PeerMetrics metrics) {
    this.dialBack = dialBack;
    this.loops = loops;
    this.tcp = bound.tcp();
    this.udp = bound.udp();
    this.open = open;
    this.metrics = metrics;
  }

  /**
   * Binds and seeds until closed. Borrows catalogue and cache: close the server before the cache.
   *
   * @param nanoClock monotonic nanoseconds
   * @param random makes the peer id and uTP sequence numbers, and scatters suggestions; thread-safe
   * @throws IOException if TCP and UDP cannot both be bound
   */
  public static PeerServer start(
      ListenAddress listen,
      PeerLimits limits,
      Catalogue catalogue,
      PieceCache cache,
      LongSupplier nanoClock,
      RandomGenerator random,
      MeterRegistry meters)
      throws IOException {
    PeerMetrics metrics = new PeerMetrics(meters);
    SendBudget budget = new SendBudget(limits.unsentBytes());
    PeerMetrics.unsent(meters, budget);
    ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    SessionFactory sessions =
        new SessionFactory(
            catalogue,
            Pieces.of(cache),
            limits,
            nanoClock,
            random,
            new UploadShares(budget),
            metrics,
            "Weir/" + BuildVersion.text());
    Transport transport = Transport.best();
    EventLoopGroup loops = transport.newLoops("peer", Runtime.getRuntime().availableProcessors());
    ConnectionCaps caps = new ConnectionCaps(limits.connections(), limits.connectionsPerPrefix());
    PeerChannels channels =
        new PeerChannels(caps, sessions, PeerId.generate(random), new CloseLog(nanoClock), open);
    ServerBootstrap tcp =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .childHandler(channels);
    if (transport.isEpoll()) {
      tcp.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_BYTES);
    }
    Bootstrap udp =
        new Bootstrap()
            .group(loops)
            .channel(transport.datagram())
            .handler(new UtpRefuser(nanoClock, random, metrics));
    try {
      Bound bound = bind(listen, tcp, udp);
      Bootstrap dialler =
          new Bootstrap()
              .group(loops)
              .channel(transport.client())
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
              // From the address that peers know this node by.
              .localAddress(new InetSocketAddress(listen.host(), 0))
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      // Set up once it is connected and its remote address is known.
                    }
                  });
      if (transport.isEpoll()) {
        dialler.option(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_BYTES);
      }
      PeerServer started =
          new PeerServer(loops, bound, new DialBack(loops, dialler, caps, channels), open, metrics);
      LOG.info("peer wire listens address={}", started.address());
      return started;
    } catch (IOException e) {
      shutDown(loops);
      throw e;
    }
  }

  /** Where it is bound, its port resolved. */
  public InetSocketAddress address() {
    return (InetSocketAddress) tcp.localAddress();
  }

  /**
   * A leecher of this content has come to the tracker: unless it connects by itself soon, it is
   * connected to. Any thread, never blocks.
   */
  public void onLeecherStarted(Content content, InetSocketAddress leecher) {
    dialBack.later(content.metainfo().swarmHash(), leecher);
  }

  /** Bytes of blocks that peers' sockets have taken, ever. */
  public long uploadedBytes() {
    return metrics.uploadedBytes.sum();
  }

  /**
   * Accepts nobody any more and grants no further request; completes when every peer has the blocks
   * that it had asked for, and is gone.
   */
  public CompletableFuture<Void> drain() {
    var unused = tcp.close();
    CompletableFuture<Void> drained = new CompletableFuture<>();
    open.newCloseFuture().addListener(closed -> drained.complete(null));
    open.forEach(channel -> channel.pipeline().fireUserEventTriggered(DRAIN));
    return drained;
  }

  /** Closes every session and waits for the event loops to end. */
  @Override
  public void close() {
    tcp.close().awaitUninterruptibly();
    udp.close().awaitUninterruptibly();
    open.close().awaitUninterruptibly();
    shutDown(loops);
  }

  private static Bound bind(ListenAddress listen, ServerBootstrap tcp, Bootstrap udp)
      throws IOException {
    // A free TCP port's UDP twin may be taken: then another is tried.
    int attempts = listen.port() == 0 ? FREE_PORT_ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      Channel accepting = bound(tcp.bind(listen.host(), listen.port()), "TCP", listen);
      int port = ((InetSocketAddress) accepting.localAddress()).getPort();
      try {
        return new Bound(accepting, bound(udp.bind(listen.host(), port), "UDP", listen));
      } catch (IOException e) {
        accepting.close().awaitUninterruptibly();
        if (attempt == attempts) {
          throw e;
        }
      }
    }
  }

  private static Channel bound(ChannelFuture binding, String protocol, ListenAddress listen)
      throws IOException {
    if (!binding.awaitUninterruptibly().isSuccess()) {
      throw new IOException("peer wire cannot bind " + protocol + " " + listen, binding.cause());
    }
    return binding.channel();
  }

  private static void shutDown(EventLoopGroup loops) {
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
