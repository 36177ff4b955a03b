package io.weir.loadtest.crowd.tracker;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions with the trackers that a torrent names. The HTTP ones of all peers share one HTTP
 * client, made when the first is opened. Any thread.
 */
public final class TrackerClients {
  /** Trackers of one torrent that are used; further ones are ignored. */
  static final int MAX_TRACKERS = 20;

  /** How long a UDP tracker has for its first answer. */
  static final Duration FIRST_UDP_TIMEOUT = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(TrackerClients.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Random random;
  private @Nullable HttpClient http;

  /** The seed is that of the transaction ids. */
  public TrackerClients(long randomSeed) {
    random = new Random(randomSeed);
  }

  /**
   * A session for each URL that can be used, udp, http or https; each to be closed by the caller.
   * Looks host names up, so not to be called on an event loop where there are any.
   */
  public List<TrackerClient> open(List<String> announceUrls, EventLoop loop) {
    List<TrackerClient> clients = new ArrayList<>();
    for (String url : announceUrls.subList(0, Math.min(MAX_TRACKERS, announceUrls.size()))) {
      try {
        clients.add(open(URI.create(url), loop));
      } catch (IllegalArgumentException e) {
        log.warn("ignoring tracker url={} reason={}", url, e.getMessage());
      }
    }
    return clients;
  }

  private TrackerClient open(URI url, EventLoop loop) {
    String host = url.getHost();
    if (host == null) {
      throw new IllegalArgumentException("no host");
    }
    String scheme = url.getScheme();
    if ("udp".equals(scheme)) {
      InetSocketAddress address = new InetSocketAddress(host, url.getPort());
      return new UdpTrackerClient(loop, address, FIRST_UDP_TIMEOUT, new Random(random.nextLong()));
    }
    if ("http".equals(scheme) || "https".equals(scheme)) {
      return new HttpTrackerClient(loop, url.toString(), http());
    }
    throw new IllegalArgumentException("scheme is not udp, http or https");
  }

  private synchronized HttpClient http() {
    if (http == null) {
      http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }
    return http;
  }
}
