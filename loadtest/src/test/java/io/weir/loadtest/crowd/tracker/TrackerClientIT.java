package io.weir.loadtest.crowd.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.HttpTrackerCodec;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrackerClientIT {
  private static final Duration SHORT = Duration.ofMillis(50);

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();

  @AfterEach
  void stop() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void aUdpTrackerAnswersWithTheOthers() throws Exception {
    try (TestTracker tracker = TestTracker.start(0)) {
      UdpTrackerClient client = udp(tracker.url());

      assertEquals(1, announce(client, 1_001).peers().size());
      assertEquals(2, announce(client, 1_002).peers().size());
      assertEquals(1_001, tracker.announces().take().port());
    }
  }

  @Test
  void aLostDatagramIsSentAgain() throws Exception {
    try (TestTracker tracker = TestTracker.start(2)) {
      assertEquals(1, announce(udp(tracker.url()), 1_001).peers().size());
    }
  }

  @Test
  void aUdpTrackerThatNeverAnswersIsUnavailable() throws Exception {
    try (DatagramSocket silent = silentSocket()) {
      UdpTrackerClient client = udp("udp://127.0.0.1:" + silent.getLocalPort());

      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> announce(client, 1_001));
      assertInstanceOf(TrackerUnavailableException.class, failure.getCause());
    }
  }

  @Test
  void httpTrackersAreAskedWhenNoUdpTrackerAnswers() throws Exception {
    InetSocketAddress peer =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 1_234);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/announce",
        exchange -> {
          AnnounceResponse response = new AnnounceResponse(60, 1, 0, List.of(peer));
          byte[] body = HttpTrackerCodec.encodeAnnounce(response, true);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    BlockingQueue<List<InetSocketAddress>> found = new LinkedBlockingQueue<>();
    try (DatagramSocket silent = silentSocket()) {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/announce";
      TrackerClient http = new HttpTrackerClient(loop, url, HttpClient.newHttpClient());
      TrackerClient udp = udp("udp://127.0.0.1:" + silent.getLocalPort());
      Announcer announcer =
          new Announcer(
              loop, List.of(http, udp), event -> request(event, 1), () -> false, found::add);
      loop.execute(announcer::start);

      assertEquals(List.of(peer), found.take());
      assertTrue(
          CompletableFuture.completedFuture(true)
              .thenComposeAsync(now -> announcer.onStopped(), loop)
              .get());
      loop.submit(announcer::close).get();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void trackersThatCannotBeUsedAreLeftOut() {
    TrackerClients trackers = new TrackerClients(1);

    assertEquals(
        1,
        trackers
            .open(
                List.of("udp://127.0.0.1:6969", "wss://127.0.0.1", "udp://127.0.0.1", "no url"),
                loop)
            .size());
  }

  private AnnounceResponse announce(TrackerClient client, int port) throws Exception {
    return CompletableFuture.completedFuture(true)
        .thenComposeAsync(now -> client.announce(request(Event.STARTED, port)), loop)
        .get();
  }

  private UdpTrackerClient udp(String url) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    return new UdpTrackerClient(loop, address, SHORT, new Random(1));
  }

  private static DatagramSocket silentSocket() throws Exception {
    return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static AnnounceRequest request(Event event, int port) {
    return new AnnounceRequest(
        InfoHash.of(new byte[20]), new byte[20], 0, 1, 0, event, 7, 50, port, true);
  }
}
