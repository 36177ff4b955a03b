package io.weir.loadtest.crowd.peer;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that all peers of a crowd share: {@link #LOOPS} event loops, each peer on one of
 * them, and {@link #DISK_THREADS} that hash and touch files. Close the peers first.
 */
public final class PeerThreads implements AutoCloseable {
  /** Event loops. */
  static final int LOOPS = 2;

  /** Threads that hash, write and read. */
  static final int DISK_THREADS = 2;

  /**
   * Disk jobs waiting at most; a peer whose job is refused fails. A peer has no more of them than
   * open pieces and connections.
   */
  static final int MAX_DISK_JOBS = 32 * 1024;

  private static final long CLOSE_SECONDS = 10;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          LOOPS, new DefaultThreadFactory("crowd-peers", true), NioIoHandler.newFactory());
  private final ThreadPoolExecutor disk =
      new ThreadPoolExecutor(
          DISK_THREADS,
          DISK_THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_DISK_JOBS),
          new DefaultThreadFactory("crowd-disk", true));

  /** Starts nothing until it is used. */
  public PeerThreads() {}

  EventLoop nextLoop() {
    return loops.next();
  }

  Executor disk() {
    return disk;
  }

  /** Ends the disk jobs, then the loops, which take those jobs' answers; waits some seconds. */
  @Override
  public void close() {
    disk.shutdown();
    try {
      disk.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loops
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
