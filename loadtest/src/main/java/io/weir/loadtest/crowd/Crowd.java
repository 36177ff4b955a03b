package io.weir.loadtest.crowd;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.loadtest.crowd.ParticipantResult.Kind;
import io.weir.loadtest.crowd.peer.PeerTraffic;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * BitTorrent peers and HTTP clients that download one file at once. A participant that receives
 * nothing for a minute is given up, and so is whoever has not ended by the crowd's {@linkplain
 * #deadline deadline}. Peers go on uploading until the crowd is closed, which also deletes their
 * files. All methods may be called from any thread.
 */
public final class Crowd implements AutoCloseable {
  /** What a crowd may take in any case. */
  static final Duration MIN_DEADLINE = Duration.ofMinutes(5);

  /** What a crowd must move beyond that, all participants together. */
  static final long MIN_BYTES_PER_SECOND = 8L << 20;

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private final long startNanos;
  private final long bytesWanted;
  private final PeerGroup peers;
  private final ClientGroup clients;
  private final List<Participant> participants;
  private final CompletableFuture<CrowdResult> result;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("crowd-watch", true));

  private Crowd(
      String sha256, long totalBytes, long startNanos, PeerGroup peers, ClientGroup clients) {
    this.startNanos = startNanos;
    this.peers = peers;
    this.clients = clients;
    participants =
        Stream.concat(peers.downloaders().stream(), clients.downloaders().stream())
            .map(each -> new Participant(each, sha256, startNanos, System::nanoTime))
            .toList();
    bytesWanted = totalBytes * participants.size();
    result =
        CompletableFuture.allOf(
                participants.stream().map(Participant::result).toArray(CompletableFuture<?>[]::new))
            .thenApply(ended -> summarise());
  }

  /**
   * Starts everyone at once.
   *
   * @throws IllegalArgumentException if the torrent cannot be read or is not one file, or a URL is
   *     none
   * @throws IOException if a peer's file or socket cannot be had
   */
  public static Crowd start(CrowdPlan plan) throws IOException {
    Metainfo metainfo = singleFile(plan.torrent());
    List<URL> urls = plan.httpUrls().stream().map(Crowd::url).toList();
    long startNanos = System.nanoTime();
    PeerGroup peers = PeerGroup.start(plan, metainfo);
    ClientGroup clients = ClientGroup.start(plan.httpClients(), urls, metainfo.totalLengthBytes());
    Crowd crowd =
        new Crowd(plan.sha256Hex(), metainfo.totalLengthBytes(), startNanos, peers, clients);
    crowd.startWatch();
    return crowd;
  }

  /** How far everyone is; cheap. */
  public CrowdProgress progress() {
    return new CrowdProgress(
        bytesWanted,
        clients.receivedBytes(),
        peers.sum(PeerTraffic::fromEdgesBytes),
        peers.sum(PeerTraffic::fromPeersBytes),
        ended(Kind.PEER),
        peers.size(),
        ended(Kind.HTTP),
        clients.size(),
        Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /** How it ended, once the last participant has; never fails. */
  public CompletableFuture<CrowdResult> result() {
    return result.copy();
  }

  /**
   * Gives up whoever has not ended, tells the trackers, stops everyone and deletes the peers'
   * files; waits some seconds for that.
   */
  @Override
  public void close() {
    watch.shutdownNow();
    participants.forEach(participant -> participant.giveUp("crowd closed"));
    clients.close();
    peers.close();
  }

  /** How long a crowd that wants so many bytes may take. */
  static Duration deadline(long bytesWanted) {
    return MIN_DEADLINE.plusSeconds(bytesWanted / MIN_BYTES_PER_SECOND);
  }

  private static Metainfo singleFile(byte[] torrent) {
    try {
      Metainfo metainfo = Metainfo.parse(torrent);
      if (metainfo.multiFile()) {
        throw new IllegalArgumentException("torrent: has several files");
      }
      return metainfo;
    } catch (MetainfoException e) {
      throw new IllegalArgumentException("torrent: " + e.getMessage(), e);
    }
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("httpUrls: " + text, e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the executor
  private void startWatch() {
    Duration deadline = deadline(bytesWanted);
    watch.scheduleAtFixedRate(
        () -> participants.forEach(Participant::watch),
        WATCH_INTERVAL.toMillis(),
        WATCH_INTERVAL.toMillis(),
        TimeUnit.MILLISECONDS);
    watch.schedule(
        () ->
            participants.forEach(
                each -> each.giveUp("not done within " + deadline.toSeconds() + " s")),
        deadline.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private int ended(Kind kind) {
    return (int)
        participants.stream()
            .filter(each -> each.downloader().kind() == kind && each.result().isDone())
            .count();
  }

  private CrowdResult summarise() {
    return new CrowdResult(
        participants.stream().map(each -> each.result().join()).toList(),
        clients.receivedBytes(),
        peers.sum(PeerTraffic::fromEdgesBytes),
        peers.sum(PeerTraffic::fromPeersBytes),
        peers.sum(PeerTraffic::wastedBytes),
        peers.sum(PeerTraffic::corruptPieces),
        (System.nanoTime() - startNanos) / 1e9);
  }
}
