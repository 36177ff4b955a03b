package io.weir.loadtest.rig.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy that is as far away as its {@link Line} says: a connection takes a round trip before
 * its first byte goes out, every byte half of one each way, and each connection carries one window
 * in a round trip at most. It has no slow start and loses nothing: what it shows is the cost of
 * waiting alone. Listens from {@link #start} to close; one event loop of its own.
 */
public final class DelayProxy implements AutoCloseable {
  private final EventLoopGroup loop;
  private final Channel listener;

  private DelayProxy(EventLoopGroup loop, Channel listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /**
   * Listens.
   *
   * @param listen port 0 is any free one
   * @param to where connections are carried to
   * @throws IOException if it cannot listen there
   */
  public static DelayProxy start(InetSocketAddress listen, InetSocketAddress to, Line line)
      throws IOException {
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("weir-line", true), NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel near) {
                    var unused =
                        near.eventLoop()
                            .schedule(
                                () -> connect(near, to, line),
                                line.roundTrip().toNanos(),
                                TimeUnit.NANOSECONDS);
                  }
                })
            .bind(listen)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException("cannot listen on " + listen, bound.cause());
    }
    return new DelayProxy(loop, bound.channel());
  }

  private static void connect(Channel near, InetSocketAddress to, Line line) {
    var unused =
        new Bootstrap()
            .group(near.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(to)
            .addListener((ChannelFutureListener) done -> join(near, done, line));
  }

  private static void join(Channel near, ChannelFuture connected, Line line) {
    if (connected.isSuccess()) {
      Channel far = connected.channel();
      new OneWay(line, far).attach(near);
      new OneWay(line, near).attach(far);
    } else {
      var unused = near.close();
    }
  }

  /** Where it listens, port resolved. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Closes the listener and every connection. */
  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
