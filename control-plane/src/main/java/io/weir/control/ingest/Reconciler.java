package io.weir.control.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.control.db.AdapterCommands;
import io.weir.control.db.Ingests;
import io.weir.control.db.NextVersions;
import io.weir.control.db.Nodes;
import io.weir.control.node.HeartbeatBoard;
import io.weir.control.placement.Replicas;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that brings adapters and catalogue into line: it compares what the catalogue wants
 * with what the adapters say, over and over, so that a crash of either is only a delay. It owns all
 * mutable state of this package but the progress board.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private final CommandDelivery delivery;
  private final ChangedOriginsPoll changes;
  private final IngestDriver driver;
  private final SpoolRelease spoolRelease;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;

  /** What the reconciler reads and writes. */
  public record Stores(
      AdapterCommands commands, Ingests ingests, NextVersions nextVersions, Nodes nodes) {}

  /** A reconciler that does nothing until it is started. */
  public Reconciler(
      Stores stores,
      Adapters adapters,
      AdapterClient client,
      IngestProgress progress,
      HeartbeatBoard heartbeats,
      Replicas replicas,
      Clock clock,
      Random random,
      MeterRegistry meters) {
    AdapterHealth health = new AdapterHealth(clock, random, meters);
    this.delivery = new CommandDelivery(adapters, stores.commands(), client, health);
    this.changes = new ChangedOriginsPoll(adapters, stores.nextVersions(), client, clock, random);
    this.driver = new IngestDriver(stores.ingests(), client, health, progress, clock, meters);
    this.spoolRelease = new SpoolRelease(stores.ingests(), stores.nodes(), heartbeats, replicas);
    this.thread = new Thread(this::run, "control-plane-reconciler");
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Has it look again at once. Returns at once; any thread. */
  public void wake() {
    wakes.release();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause = reconcile();
        if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wakes.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the thread ends here
    }
  }

  private Duration reconcile() throws InterruptedException {
    try {
      // Before new ingests are asked for: a command may concern the same content's last version.
      delivery.deliver();
      changes.poll();
      Duration pause = driver.advanceAll();
      spoolRelease.releaseAll();
      return pause;
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        log.error("reconciliation failed, will be repeated", e);
      } // else it failed because it is being closed
      return IngestDriver.WAITING_INTERVAL;
    }
  }

  /** Stops the thread and waits for it; a call that is under way is given up. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
