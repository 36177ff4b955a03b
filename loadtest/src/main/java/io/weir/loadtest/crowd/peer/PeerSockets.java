package io.weir.loadtest.crowd.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * A peer's listening socket and the connections it dials, all on the peer's own event loop, each
 * given to the swarm as a {@link PeerConnection}.
 */
final class PeerSockets {
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

  /** Room for one read: small at first, then as much as the socket has proven to fill. */
  private static final int MIN_READ_BYTES = 1024;

  private static final int FIRST_READ_BYTES = 16 * 1024;
  private static final int MAX_READ_BYTES = 256 * 1024;

  /** Unsent bytes at which uploads to a remote pause, and at which they go on. */
  private static final WriteBufferWaterMark UNSENT =
      new WriteBufferWaterMark(Uploader.BATCH_BYTES / 2, Uploader.BATCH_BYTES);

  private final EventLoop loop;
  private final Swarm swarm;
  private final Set<InetSocketAddress> edges;
  private final Channel listener;
  private int dialling;

  private PeerSockets(EventLoop loop, Swarm swarm, Set<InetSocketAddress> edges, Channel listener) {
    this.loop = loop;
    this.swarm = swarm;
    this.edges = edges;
    this.listener = listener;
  }

  /**
   * Listens on a free port of the plan's host; waits for it, so not to be called on an event loop.
   *
   * @throws IOException if it cannot
   */
  static PeerSockets listen(PeerPlan plan, EventLoop loop, Swarm swarm) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop, loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(handler(swarm, false, false))
            .bind(plan.host(), 0)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + plan.host(), bound.cause());
    }
    return new PeerSockets(loop, swarm, plan.edges(), bound.channel());
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Connections that are being dialled and not yet made; on the event loop. */
  int dialling() {
    return dialling;
  }

  /** Dials on the event loop; a failure is left to the address's next turn. */
  @SuppressWarnings("FutureReturnValueIgnored") // a failed dial is dialled again
  void dial(InetSocketAddress address) {
    dialling++;
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .handler(handler(swarm, true, edges.contains(address)))
        .connect(address)
        .addListener(done -> dialling--);
  }

  /** Stops listening. */
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
  void close() {
    listener.close();
  }

  private static ChannelInitializer<Channel> handler(Swarm swarm, boolean outbound, boolean edge) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .config()
            .setRecvByteBufAllocator(
                new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES))
            .setWriteBufferWaterMark(UNSENT)
            .setOption(ChannelOption.TCP_NODELAY, true);
        channel.pipeline().addLast(new PeerConnection(swarm, channel, outbound, edge));
      }
    };
  }
}
