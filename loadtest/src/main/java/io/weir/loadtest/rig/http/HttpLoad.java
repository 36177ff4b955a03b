package io.weir.loadtest.rig.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Positions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads one HTTP object with range requests and measures. One run each; blocks its caller, works on
 * one event loop of its own.
 */
public final class HttpLoad {
  /** A head with a little of the body: the rest never enters user space. */
  private static final int HEAD_READ_BYTES = 1024;

  private static final int BODY_READ_BYTES = 64 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Beyond the plan's time: a server that has stopped answering must not hold the run. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpLoadPlan plan;

  /** A run that has not begun. */
  public HttpLoad(HttpLoadPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs it whole.
   *
   * @throws IOException if the object cannot be asked for, the original does not fit it, or the
   *     server's process is not there
   */
  public LoadResult run() throws IOException, InterruptedException {
    boolean epoll = Epoll.isAvailable();
    long objectBytes = objectBytes();
    Original original = original(objectBytes);
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("http-load", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    FileDescriptor sink = epoll ? FileDescriptor.from("/dev/null") : null;
    try {
      return drive(loops.next(), epoll, objectBytes, original, sink);
    } finally {
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
      if (sink != null) {
        sink.close();
      }
    }
  }

  private LoadResult drive(
      EventLoop loop,
      boolean epoll,
      long objectBytes,
      @Nullable Original original,
      @Nullable FileDescriptor sink)
      throws IOException, InterruptedException {
    CompletableFuture<LoadResult> end = new CompletableFuture<>();
    HttpRun run = new HttpRun(plan, loop, end);
    Random random = new Random(plan.seed());
    int readBytes = sink == null ? BODY_READ_BYTES : HEAD_READ_BYTES;
    for (int i = 0; i < plan.connections(); i++) {
      Positions positions =
          Positions.of(
              plan.spread(), objectBytes, plan.rangeBytes(), new Random(random.nextLong()));
      HttpConnection connection = new HttpConnection(plan, positions, original, sink, run);
      connect(loop, epoll, readBytes, connection);
      run.add(connection);
    }
    for (int i = 0; i < plan.slowReaders(); i++) {
      SlowReader reader = new SlowReader(plan, run);
      connect(loop, epoll, SlowReader.readBytes(plan), reader);
    }
    loop.execute(run::start);
    try {
      return end.get(
          plan.warmUp().plus(plan.duration()).plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the run broke: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the generator did not end in time", e);
    }
  }

  private void connect(EventLoop loop, boolean epoll, int readBytes, ChannelHandler handler)
      throws IOException, InterruptedException {
    var connected =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(readBytes))
            .handler(handler)
            .connect(new InetSocketAddress(plan.host(), plan.port()))
            .await();
    if (!connected.isSuccess()) {
      throw new IOException(plan.url() + ": " + connected.cause().getMessage(), connected.cause());
    }
  }

  private long objectBytes() throws IOException {
    HttpURLConnection probe = (HttpURLConnection) plan.url().toURL().openConnection();
    probe.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    probe.setReadTimeout((int) PATIENCE.toMillis());
    probe.setRequestProperty("Range", "bytes=0-0");
    int status = probe.getResponseCode();
    String range = probe.getHeaderField("Content-Range");
    probe.disconnect();
    if (status != 206 || range == null || range.endsWith("/*")) {
      throw new IOException(plan.url() + ": answered a range with status " + status);
    }
    return Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  private @Nullable Original original(long objectBytes) throws IOException {
    if (plan.original() == null) {
      return null;
    }
    Original original = new Original(plan.original());
    if (original.lengthBytes() != objectBytes) {
      throw new IOException(
          "%s has %d bytes, %s %d"
              .formatted(plan.original(), original.lengthBytes(), plan.url(), objectBytes));
    }
    return original;
  }
}
