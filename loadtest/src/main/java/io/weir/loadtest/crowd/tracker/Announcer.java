package io.weir.loadtest.crowd.tracker;

import io.netty.channel.EventLoop;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.AnnounceResponse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trackers told of one peer, and the peer told of others: it announces the start to every
 * UDP tracker, and to the HTTP ones if none of those answers; again every few seconds while the
 * peer wants more remotes; then its completion and its end. Announces never overlap. Confined to
 * its event loop.
 */
public final class Announcer {
  /** How often a peer that wants more remotes asks for them. */
  static final Duration HUNGRY_INTERVAL = Duration.ofSeconds(3);

  private final EventLoop loop;
  private final List<TrackerClient> udp = new ArrayList<>();
  private final List<TrackerClient> http = new ArrayList<>();
  private final Function<Event, AnnounceRequest> announcement;
  private final BooleanSupplier hungry;
  private final Consumer<List<InetSocketAddress>> onPeers;
  private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
  private @Nullable ScheduledFuture<?> timer;

  /**
   * Owns the clients.
   *
   * @param announcement the peer's own account of itself at the moment of an event
   * @param hungry whether the peer wants more remotes
   * @param onPeers takes the addresses of each answer, on the event loop
   */
  public Announcer(
      EventLoop loop,
      List<TrackerClient> clients,
      Function<Event, AnnounceRequest> announcement,
      BooleanSupplier hungry,
      Consumer<List<InetSocketAddress>> onPeers) {
    this.loop = loop;
    clients.forEach(client -> (client.udp() ? udp : http).add(client));
    this.announcement = announcement;
    this.hungry = hungry;
    this.onPeers = onPeers;
  }

  /** Announces the start and goes on announcing. */
  public void start() {
    announce(Event.STARTED);
    timer =
        loop.scheduleAtFixedRate(
            this::announceIfHungry,
            HUNGRY_INTERVAL.toMillis(),
            HUNGRY_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Announces that the peer has everything. */
  public void onCompleted() {
    announce(Event.COMPLETED);
  }

  /** Announces the end and nothing after it; whether any tracker heard of it. */
  public CompletableFuture<Boolean> onStopped() {
    if (timer != null) {
      timer.cancel(false);
    }
    announce(Event.STOPPED);
    return last;
  }

  /** Closes the clients, whatever they are waiting for. */
  public void close() {
    udp.forEach(TrackerClient::close);
    http.forEach(TrackerClient::close);
  }

  private void announceIfHungry() {
    if (last.isDone() && hungry.getAsBoolean()) {
      announce(Event.NONE);
    }
  }

  private void announce(Event event) {
    last =
        last.thenCompose(ignored -> announceTo(udp, event))
            .thenCompose(
                heard -> heard ? CompletableFuture.completedFuture(true) : announceTo(http, event));
  }

  /** Announces to all of them at once; whether any answered. Never fails. */
  private CompletableFuture<Boolean> announceTo(List<TrackerClient> clients, Event event) {
    AnnounceRequest request = announcement.apply(event);
    CompletableFuture<Boolean> heard = CompletableFuture.completedFuture(false);
    for (TrackerClient client : clients) {
      CompletableFuture<Boolean> answered =
          client.announce(request).handle((answer, failure) -> onAnswer(answer));
      heard = heard.thenCombine(answered, Boolean::logicalOr);
    }
    return heard;
  }

  private boolean onAnswer(@Nullable AnnounceResponse answer) {
    if (answer == null) {
      return false;
    }
    onPeers.accept(answer.peers());
    return true;
  }
}
