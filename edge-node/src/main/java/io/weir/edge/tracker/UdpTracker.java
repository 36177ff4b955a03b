package io.weir.edge.tracker;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.weir.edge.socket.Transport;
import io.weir.protocol.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP tracker (BEP 15): one socket on one event loop of its own, so that peers' traffic does
 * not delay announces. Requests longer than {@value #MAX_REQUEST_BYTES} bytes are cut there; where
 * epoll is at hand, up to {@value #PACKETS_PER_READ} packets are received and sent in one call.
 */
public final class UdpTracker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpTracker.class);

  /** An announce with BEP 41 URL data, or a scrape of 74 swarms, and some room. */
  static final int MAX_REQUEST_BYTES = 2048;

  static final int PACKETS_PER_READ = 32;

  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private final EventLoopGroup loop;
  private final Channel channel;

  private UdpTracker(EventLoopGroup loop, Channel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /**
   * Binds and answers until closed.
   *
   * @param nanoClock monotonic nanoseconds, for the age of connection ids
   * @param secrets makes the secret under which connection ids are issued
   * @throws IOException if the address cannot be bound
   */
  public static UdpTracker start(
      ListenAddress listen,
      Tracker tracker,
      LongSupplier nanoClock,
      SecureRandom secrets,
      MeterRegistry meters)
      throws IOException {
    byte[] key = new byte[ConnectionIds.KEY_BYTES];
    secrets.nextBytes(key);
    UdpMetrics metrics = new UdpMetrics(meters);
    UdpExchange exchange = new UdpExchange(tracker, new ConnectionIds(key, nanoClock), metrics);
    Transport transport = Transport.best();
    EventLoopGroup loop = transport.newLoops("udp-tracker", 1);
    var bound =
        bootstrap(transport)
            .group(loop)
            .handler(new UdpTrackerHandler(exchange, metrics))
            .bind(listen.host(), listen.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      shutDown(loop);
      throw new IOException("UDP tracker cannot bind " + listen, bound.cause());
    }
    UdpTracker started = new UdpTracker(loop, bound.channel());
    LOG.info("UDP tracker listens address={}", started.address());
    return started;
  }

  /** Where it is bound, its port resolved. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Stops answering. What the socket still holds is dropped: clients ask again. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    shutDown(loop);
  }

  private static Bootstrap bootstrap(Transport transport) {
    Bootstrap bootstrap =
        new Bootstrap()
            .channel(transport.datagram())
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    if (transport.isEpoll()) {
      return bootstrap
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_REQUEST_BYTES)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(MAX_REQUEST_BYTES * PACKETS_PER_READ));
    }
    return bootstrap.option(
        ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_REQUEST_BYTES));
  }

  private static void shutDown(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
