package io.weir.loadtest.rig.http;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Original;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads a server with range requests and measures. One run each; blocks its caller, works on one
 * event loop of its own, which one core carries. Linux only: it counts on epoll and splice.
 */
public final class HttpLoad {
  /** Beyond the plan's time: a generator that hangs must not hold its caller. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpLoadPlan plan;

  /** A run that has not begun. */
  public HttpLoad(HttpLoadPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs it whole.
   *
   * @throws IOException if an object cannot be asked for, the original does not fit it, the
   *     server's process is not there, or this machine has no epoll
   */
  public LoadResult run() throws IOException, InterruptedException {
    if (!Epoll.isAvailable()) {
      throw new IOException("the load generator needs Linux on x86-64 or arm64");
    }
    TlsEngines engines = plan.isTls() ? TlsEngines.of(plan) : null;
    List<Target> targets = new Probe(engines).targets(plan.urls());
    Original original = original(targets.get(0).lengthBytes());
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("http-load", true), EpollIoHandler.newFactory());
    try (LoopBuffers buffers = new LoopBuffers()) {
      return drive((IoEventLoop) loops.next(), engines, targets, original, buffers);
    } finally {
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private LoadResult drive(
      IoEventLoop loop,
      @Nullable TlsEngines engines,
      List<Target> targets,
      @Nullable Original original,
      LoopBuffers buffers)
      throws IOException, InterruptedException {
    CompletableFuture<LoadResult> end = new CompletableFuture<>();
    HttpRun run = new HttpRun(plan, loop, end);
    Clients clients =
        new Clients(
            plan.demand(),
            loop,
            new InetSocketAddress(plan.host(), plan.port()),
            engines,
            new Catalogue(targets, plan.demand(), new Random(plan.seed())),
            original,
            buffers,
            run);
    loop.execute(run::start);
    loop.execute(clients::open);
    try {
      return end.get(
          plan.warmUp().plus(plan.duration()).plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the run broke: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the generator did not end in time", e);
    } finally {
      loop.submit(clients::close).awaitUninterruptibly();
    }
  }

  private @Nullable Original original(long objectBytes) throws IOException {
    if (plan.original() == null) {
      return null;
    }
    Original original = new Original(plan.original());
    if (original.lengthBytes() != objectBytes) {
      throw new IOException(
          "%s has %d bytes, %s %d"
              .formatted(plan.original(), original.lengthBytes(), plan.urls().get(0), objectBytes));
    }
    return original;
  }
}
