package io.weir.loadtest.rig.tracker;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Measurement;
import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads a tracker with announces and measures. One run each; blocks its caller, works on one event
 * loop of its own.
 */
public final class TrackerLoad {
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
  private static final int MAX_ANSWER_BYTES = 2048;
  private static final int DATAGRAMS_PER_READ = 16;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Beyond the plan's time: the run must end though the loop is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TrackerPlan plan;
  private final boolean epoll = Epoll.isAvailable();

  /** A run that has not begun. */
  public TrackerLoad(TrackerPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs it whole.
   *
   * @throws IOException if a socket cannot be opened, the tracker does not answer, or the server's
   *     process is not there
   */
  public TrackerResult run() throws IOException, InterruptedException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("tracker-load", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    try {
      EventLoop loop = loops.next();
      CompletableFuture<LoadResult> end = new CompletableFuture<>();
      Measurement measurement =
          new Measurement(plan.pace(), plan.warmUp(), plan.duration(), plan.serverPid(), loop, end);
      TrackerRun run = new TrackerRun(plan, loop, measurement);
      List<Announcer> announcers = announcers(loop, run);
      loop.execute(() -> run.start(announcers));
      return run.result(
          end.get(
              plan.warmUp().plus(plan.duration()).plus(PATIENCE).toMillis(),
              TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new IOException("the run broke: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the generator did not end in time", e);
    } finally {
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private List<Announcer> announcers(EventLoop loop, TrackerRun run)
      throws IOException, InterruptedException {
    Random random = new Random(plan.seed());
    List<Source> sources = new ArrayList<>();
    for (int number = 0; number < plan.sources(); number++) {
      Source source = Source.of(plan, number, random);
      if (source.announces()) {
        sources.add(source);
      }
    }
    return plan.transport() == Transport.UDP
        ? udpAnnouncers(loop, run, sources)
        : httpAnnouncers(loop, run, sources);
  }

  private List<Announcer> httpAnnouncers(EventLoop loop, TrackerRun run, List<Source> sources) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_ANSWER_BYTES));
    AnnounceRequests requests = new AnnounceRequests(plan);
    List<Announcer> announcers = new ArrayList<>();
    for (Source source : sources) {
      announcers.add(new HttpAnnouncer(plan, requests, source, run, bootstrap));
    }
    return announcers;
  }

  private List<Announcer> udpAnnouncers(EventLoop loop, TrackerRun run, List<Source> sources)
      throws IOException, InterruptedException {
    byte[][] infoHashes = plan.infoHashes().stream().map(InfoHash::toBytes).toArray(byte[][]::new);
    List<Announcer> announcers = new ArrayList<>();
    for (Source source : sources) {
      UdpAnnouncer announcer = new UdpAnnouncer(plan, infoHashes, source, run);
      open(loop, source, announcer);
      awaitConnected(announcer);
      announcers.add(announcer);
    }
    return announcers;
  }

  private void open(EventLoop loop, Source source, ChannelHandler handler)
      throws IOException, InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(
                    epoll ? MAX_ANSWER_BYTES * DATAGRAMS_PER_READ : MAX_ANSWER_BYTES))
            .handler(handler);
    if (epoll) {
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_ANSWER_BYTES);
    }
    var opened = bootstrap.connect(plan.tracker(), source.localAddress()).await();
    if (!opened.isSuccess()) {
      throw new IOException(
          source.localAddress() + " to " + plan.tracker() + ": " + opened.cause().getMessage(),
          opened.cause());
    }
  }

  private void awaitConnected(UdpAnnouncer announcer) throws IOException, InterruptedException {
    try {
      announcer.connected().get(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(plan.tracker() + " gives no connection id", e);
    }
  }
}
