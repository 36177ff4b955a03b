package io.weir.loadtest.crowd;

import io.weir.loadtest.crowd.peer.LeechPeer;
import io.weir.loadtest.crowd.peer.PeerPlan;
import io.weir.loadtest.crowd.peer.PeerThreads;
import io.weir.loadtest.crowd.peer.PeerTraffic;
import io.weir.loadtest.crowd.tracker.TrackerClients;
import io.weir.protocol.metainfo.Metainfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A crowd's BitTorrent peers, the threads they share, and the folder of their files. */
final class PeerGroup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeerGroup.class);

  private final PeerThreads threads = new PeerThreads();
  private final List<LeechPeer> peers = new ArrayList<>();
  private final Path workDir;

  private PeerGroup(Path workDir) {
    this.workDir = workDir;
  }

  /**
   * Starts them all.
   *
   * @throws IOException if a file or a socket cannot be had; then none is left running
   */
  static PeerGroup start(CrowdPlan plan, Metainfo metainfo) throws IOException {
    PeerGroup group = new PeerGroup(plan.workDir());
    try {
      Files.createDirectories(plan.workDir());
      group.startPeers(plan, metainfo);
    } catch (IOException e) {
      group.close();
      throw e;
    }
    return group;
  }

  List<Downloader> downloaders() {
    return peers.stream().<Downloader>map(PeerDownloader::new).toList();
  }

  int size() {
    return peers.size();
  }

  /** One count of traffic over all peers. */
  long sum(ToLongFunction<PeerTraffic> count) {
    return peers.stream().map(LeechPeer::traffic).mapToLong(count).sum();
  }

  /** Stops all peers and deletes their files; waits some seconds for that. */
  @Override
  public void close() {
    CompletableFuture.allOf(
            peers.stream().map(LeechPeer::stop).toArray(CompletableFuture<?>[]::new))
        .join();
    threads.close();
    for (int i = 0; i < peers.size(); i++) {
      delete(file(i));
    }
  }

  private void startPeers(CrowdPlan plan, Metainfo metainfo) throws IOException {
    TrackerClients trackers = new TrackerClients(plan.seed());
    List<String> announceUrls =
        metainfo.announceTiers().stream().flatMap(List::stream).distinct().toList();
    for (int i = 0; i < plan.peers(); i++) {
      PeerPlan peer =
          new PeerPlan(
              metainfo,
              announceUrls,
              plan.edgePeers(),
              plan.host(),
              file(i),
              false,
              plan.seed() + i);
      peers.add(LeechPeer.start(peer, threads, trackers));
    }
  }

  private Path file(int peer) {
    return workDir.resolve("peer-" + peer + ".part");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("cannot delete peer's file path={}", file, e);
    }
  }
}
