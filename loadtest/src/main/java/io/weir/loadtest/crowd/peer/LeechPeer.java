package io.weir.loadtest.crowd.peer;

import io.netty.channel.EventLoop;
import io.weir.loadtest.crowd.tracker.Announcer;
import io.weir.loadtest.crowd.tracker.TrackerClients;
import io.weir.protocol.tracker.AnnounceRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One simulated BitTorrent client with a listening socket, a file and a tracker session of its own.
 * It downloads until its file is whole, hashes the file from disk, and goes on uploading until it
 * is stopped. A seed starts whole. All public methods may be called from any thread.
 */
public final class LeechPeer {
  private static final Logger log = LoggerFactory.getLogger(LeechPeer.class);
  private static final int PEERS_WANTED = 50;
  private static final Duration TICK = Duration.ofMillis(250);

  /** How long {@link #stop} waits for trackers to hear of it. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final PeerPlan plan;
  private final EventLoop loop;
  private final PieceFile file;
  private final PeerId self;
  private final PeerTraffic traffic = new PeerTraffic();
  private final int announceKey;
  private final Swarm swarm;
  private final PeerSockets sockets;
  private final AddressBook addresses;
  private final Announcer announcer;
  private @Nullable ScheduledFuture<?> ticks;
  private final CompletableFuture<String> sha256 = new CompletableFuture<>();

  private LeechPeer(PeerPlan plan, PeerThreads threads, TrackerClients trackers)
      throws IOException {
    this.plan = plan;
    loop = threads.nextLoop();
    Random random = new Random(plan.randomSeed());
    self = PeerId.random(random);
    announceKey = random.nextInt();
    file = PieceFile.open(plan, threads.disk());
    swarm =
        new Swarm(plan, self, loop, file, traffic, System::nanoTime, random, new DownloadOutcome());
    try {
      sockets = PeerSockets.listen(plan, loop, swarm);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    addresses = new AddressBook(sockets.address(), plan.edges(), random);
    announcer =
        new Announcer(
            loop,
            trackers.open(plan.announceUrls(), loop),
            this::announcement,
            () -> swarm.wantsRemotes(0),
            this::onAddresses);
  }

  /**
   * Starts a peer: opens its file, listens, announces itself, dials. Waits for its listening
   * socket, so not to be called on an event loop.
   *
   * @throws IOException if the file or the socket cannot be had
   */
  public static LeechPeer start(PeerPlan plan, PeerThreads threads, TrackerClients trackers)
      throws IOException {
    LeechPeer peer = new LeechPeer(plan, threads, trackers);
    peer.loop.execute(peer::begin);
    return peer;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return sockets.address();
  }

  /** What it has moved so far. */
  public PeerTraffic traffic() {
    return traffic;
  }

  /** Whether every piece is verified and on disk; the file's own hash may still be under way. */
  public boolean isWhole() {
    return swarm.holdings().isWhole();
  }

  /** One line for people on how far it is. */
  public String summary() {
    return swarm.summary();
  }

  /**
   * The SHA-256 of its file as read back from disk, once that is whole; fails if the disk does. A
   * seed's never completes.
   */
  public CompletableFuture<String> sha256() {
    return sha256;
  }

  /**
   * Tells the trackers, closes every connection and the file, which stays where it is. Completes,
   * never exceptionally, when the trackers have answered or two seconds are over.
   */
  public CompletableFuture<Void> stop() {
    return CompletableFuture.completedFuture(true)
        .thenComposeAsync(now -> announcer.onStopped(), loop)
        .orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (told, failure) -> {
              end();
              return null;
            },
            loop);
  }

  private void begin() {
    ticks = loop.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    announcer.start();
  }

  private void tick() {
    swarm.tick();
    while (swarm.wantsRemotes(sockets.dialling())) {
      InetSocketAddress address = addresses.next(System.nanoTime());
      if (address == null) {
        break;
      }
      sockets.dial(address);
    }
  }

  private void end() {
    if (ticks != null) {
      ticks.cancel(false);
    }
    announcer.close();
    sockets.close();
    swarm.close();
    try {
      file.close();
    } catch (IOException e) {
      log.warn("cannot close peer's file path={}", plan.file(), e);
    }
  }

  private void onAddresses(List<InetSocketAddress> found) {
    addresses.add(found, System.nanoTime());
    tick();
  }

  private AnnounceRequest announcement(AnnounceRequest.Event event) {
    return new AnnounceRequest(
        plan.metainfo().swarmHash(),
        self.bytes(),
        traffic.fromEdgesBytes() + traffic.fromPeersBytes(),
        swarm.holdings().leftBytes(),
        traffic.sentBytes(),
        event,
        announceKey,
        PEERS_WANTED,
        address().getPort(),
        true);
  }

  /** What the end of the download leads to; on the event loop. */
  private final class DownloadOutcome implements Swarm.Outcome {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // every ending is handled in it
    public void onWhole() {
      announcer.onCompleted();
      file.sha256()
          .whenComplete(
              (hex, failure) -> {
                if (failure == null) {
                  sha256.complete(hex);
                } else {
                  sha256.completeExceptionally(failure);
                }
              });
    }

    @Override
    public void onDiskFailure(Throwable cause) {
      sha256.completeExceptionally(cause);
    }
  }
}
