package io.weir.origin;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapter's own threads, as the table at {@link OriginAdapter} tells. */
final class AdapterThreads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdapterThreads.class);

  /** Ingests that run at once. */
  static final int RUNNING_INGESTS = 2;

  /** Ingests that wait. */
  static final int QUEUED_INGESTS = 10_000;

  /** Reads of origins that help ingests and fills, for all of them together. */
  static final int HELPERS = 24;

  private static final long CLOSE_SECONDS = 10;

  private final ExecutorService jobs =
      new ThreadPoolExecutor(
          RUNNING_INGESTS,
          RUNNING_INGESTS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(QUEUED_INGESTS),
          named("ingest"));

  private final ExecutorService helpers = Executors.newCachedThreadPool(named("helper"));
  private final ScheduledExecutorService revalidation =
      Executors.newSingleThreadScheduledExecutor(named("revalidation"));
  private final ExecutorService requests = Executors.newCachedThreadPool(named("request"));

  /** Bounded; rejects what it has no room for. */
  ExecutorService jobs() {
    return jobs;
  }

  /**
   * As many threads as are asked for at once: the crew asks for {@link #HELPERS} at most, fills for
   * no more than the API admits.
   */
  ExecutorService helpers() {
    return helpers;
  }

  /** One thread. */
  ScheduledExecutorService revalidation() {
    return revalidation;
  }

  /** As many threads as the API admits requests. */
  ExecutorService requests() {
    return requests;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "weir-origin-" + name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    List<ExecutorService> all = List.of(requests, jobs, helpers, revalidation);
    all.forEach(ExecutorService::shutdownNow);
    try {
      for (ExecutorService pool : all) {
        if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
          log.warn("Threads still busy after close seconds={}", CLOSE_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
