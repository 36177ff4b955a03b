package io.weir.loadtest.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.loadtest.crowd.peer.LeechPeer;
import io.weir.loadtest.crowd.peer.PeerPlan;
import io.weir.loadtest.crowd.peer.PeerThreads;
import io.weir.loadtest.crowd.tracker.TrackerClients;
import io.weir.loadtest.origin.PlainOrigin;
import io.weir.protocol.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edges, adapter and control plane are killed by SIGKILL, alone and together, while contents are
 * published, filled and downloaded; whatever happens, no client receives a wrong byte, every client
 * finishes, and what was stored is served with the origin gone.
 *
 * <p>{@code -Dweir.chaos.rounds} and {@code -Dweir.chaos.seed}; the seed is printed.
 */
class ChaosIT {
  private static final int ROUNDS = Integer.getInteger("weir.chaos.rounds", 6);
  private static final long SEED = Long.getLong("weir.chaos.seed", System.nanoTime());
  private static final int SMALL_BYTES = 100_000;
  private static final int MAX_BYTES = 5 * 1024 * 1024;
  private static final long ORIGIN_BYTES_PER_SECOND = 4 << 20;
  private static final long CLIENT_BYTES_PER_SECOND = 3 << 20;
  private static final long ROUND_SECONDS = 180;

  @TempDir static Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final boolean withAria2;
  private final List<Published> published = new ArrayList<>();

  ChaosIT() throws InterruptedException {
    withAria2 = Aria2.isInstalled();
  }

  @Test
  void noByteIsWrongAndNoneIsLostWhateverIsKilled() throws Exception {
    System.out.println("weir.chaos.seed=" + SEED + " weir.chaos.rounds=" + ROUNDS);
    Path files = Files.createDirectories(folder.resolve("origin"));
    try (ChaosStack stack = new ChaosStack(folder.resolve("up"))) {
      try (PlainOrigin origin =
          PlainOrigin.startPaced("127.0.0.1", files, ORIGIN_BYTES_PER_SECOND)) {
        for (int round = 0; round < ROUNDS; round++) {
          round(stack, origin.url(), files, round);
        }
        for (Published content : published) {
          stack.awaitStored(content.id(), deadline());
        }
      }
      stack.originAdapter().kill();
      stack.controlPlane().kill();
      for (Role edge : stack.edges()) {
        edge.kill();
        edge.start();
      }
      for (Published content : published) {
        for (String url : content.urls()) {
          new ResumingClient(List.of(url), 0, content.bytes(), Long.MAX_VALUE).download(deadline());
        }
      }
      assertEquals(List.of(), List.copyOf(stack.faults()));
    } finally {
      threads.shutdownNow();
    }
  }

  private void round(ChaosStack stack, String origin, Path files, int round) throws Exception {
    Random random = new Random(SEED + round);
    Strikes strikes = new Strikes(stack.roles(), random);
    System.out.println("chaos round " + round + ": " + strikes);
    Future<?> struck = threads.submit(strikes);
    try {
      long deadline = deadline();
      List<Future<Published>> downloads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        byte[] bytes = new byte[1 + random.nextInt(i == 0 ? SMALL_BYTES : MAX_BYTES)];
        random.nextBytes(bytes);
        String id = "chaos-" + round + "-" + i;
        Files.write(files.resolve(id + ".bin"), bytes);
        long seed = random.nextLong();
        downloads.add(
            threads.submit(() -> publishAndDownload(stack, id, origin, bytes, seed, deadline)));
      }
      for (Future<Published> download : downloads) {
        published.add(get(download));
      }
    } finally {
      get(struck);
    }
    assertEquals(List.of(), List.copyOf(stack.faults()), "seed " + SEED + ", round " + round);
  }

  private Published publishAndDownload(
      ChaosStack stack, String id, String origin, byte[] bytes, long seed, long deadline)
      throws Exception {
    stack.publish(id, "{\"origin\":{\"url\":\"" + origin + id + ".bin\"}}", deadline);
    JsonNode view = stack.awaitReady(id, deadline);
    List<String> urls = new ArrayList<>();
    view.get("http").forEach(url -> urls.add(url.asText()));
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int first = i;
      clients.add(
          () -> {
            new ResumingClient(urls, first, bytes, CLIENT_BYTES_PER_SECOND).download(deadline);
            return null;
          });
    }
    byte[] torrent = stack.torrent(id, deadline);
    clients.add(() -> leech(stack, torrent, id, bytes, seed, deadline));
    if (withAria2) {
      Path file = Files.write(folder.resolve(id + ".torrent"), torrent);
      clients.add(
          () -> {
            Aria2.download(file, id + ".bin", bytes, deadline);
            return null;
          });
    }
    List<Future<Void>> running = new ArrayList<>();
    clients.forEach(client -> running.add(threads.submit(client)));
    for (Future<Void> client : running) {
      get(client);
    }
    return new Published(id, bytes, urls);
  }

  private Void leech(
      ChaosStack stack, byte[] torrent, String id, byte[] bytes, long seed, long deadline)
      throws Exception {
    Metainfo metainfo = Metainfo.parse(torrent);
    PeerPlan plan =
        new PeerPlan(
            metainfo,
            metainfo.announceTiers().stream().flatMap(List::stream).distinct().toList(),
            stack.peers().stream().map(ChaosIT::address).collect(Collectors.toSet()),
            "127.0.0.1",
            folder.resolve(id + ".leech"),
            false,
            seed);
    try (PeerThreads loops = new PeerThreads()) {
      LeechPeer peer = LeechPeer.start(plan, loops, new TrackerClients(seed));
      try {
        String sha256 = peer.sha256().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertEquals(sha256(bytes), sha256);
      } catch (TimeoutException e) {
        throw new AssertionError(id + ": peer " + peer.summary(), e);
      } finally {
        peer.stop().join();
      }
    }
    return null;
  }

  private static InetSocketAddress address(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    return new InetSocketAddress(
        hostPort.substring(0, colon), Integer.parseInt(hostPort.substring(colon + 1)));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + SEED, e.getCause());
    }
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(ROUND_SECONDS);
  }
}
