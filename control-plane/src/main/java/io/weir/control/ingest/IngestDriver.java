package io.weir.control.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.Ingests;
import io.weir.control.ingest.AdapterAnswer.Given;
import io.weir.control.ingest.AdapterAnswer.Refused;
import io.weir.control.ingest.AdapterAnswer.Unknown;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves contents from ingesting to ready or failed, each by one look at a time at what its adapter
 * says. A content whose adapter is unavailable stays as it is. Confined to the reconciler's thread.
 */
final class IngestDriver {
  /** Between looks at an ingest that is being hashed. */
  static final Duration HASHING_INTERVAL = Duration.ofMillis(200);

  /** Between looks at an ingest that waits for its turn, or for its adapter. */
  static final Duration WAITING_INTERVAL = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(IngestDriver.class);

  /** Ingests that the adapter has accepted, and when to look at them again. */
  private final Map<IngestKey, Instant> accepted = new HashMap<>();

  private final Ingests ingests;
  private final AdapterClient client;
  private final AdapterHealth health;
  private final IngestProgress progress;
  private final Clock clock;
  private final Counter readied;
  private final Counter failed;

  IngestDriver(
      Ingests ingests,
      AdapterClient client,
      AdapterHealth health,
      IngestProgress progress,
      Clock clock,
      MeterRegistry meters) {
    this.ingests = ingests;
    this.client = client;
    this.health = health;
    this.progress = progress;
    this.clock = clock;
    this.readied = outcome("ready", meters);
    this.failed = outcome("failed", meters);
  }

  private static Counter outcome(String outcome, MeterRegistry meters) {
    return Counter.builder("weir.ingests")
        .tag("outcome", outcome)
        .description(
            "Ingests that ended. A rise of failed means origins that cannot be read or that the"
                + " origin adapter refuses: each content's failure says why.")
        .register(meters);
  }

  /** Looks at every ingest that is due; how long nothing more will be. */
  Duration advanceAll() throws InterruptedException {
    List<Content> underWay = ingests.ingesting();
    List<IngestKey> keys = underWay.stream().map(IngestKey::of).toList();
    accepted.keySet().retainAll(keys);
    progress.keepOnly(keys);
    for (Content content : underWay) {
      Instant due = accepted.getOrDefault(IngestKey.of(content), Instant.MIN);
      if (!due.isAfter(clock.instant()) && health.mayCall(content.adapter())) {
        look(content);
      }
    }
    Instant now = clock.instant();
    return accepted.values().stream()
        .map(due -> Duration.between(now, due))
        // One that is overdue waits for its adapter.
        .filter(wait -> !wait.isNegative() && wait.compareTo(WAITING_INTERVAL) < 0)
        .min(Duration::compareTo)
        .orElse(WAITING_INTERVAL);
  }

  private void look(Content content) throws InterruptedException {
    IngestKey key = IngestKey.of(content);
    AdapterAnswer<IngestStatus> answer =
        health.heard(content.adapter(), accepted.containsKey(key) ? follow(content) : ask(content));
    if (answer instanceof Given<IngestStatus> given) {
      onStatus(content, given.value());
    } else if (answer instanceof Unknown) {
      accepted.remove(key); // the adapter lost it: ask again
    } else if (answer instanceof Refused<IngestStatus> refused) {
      fail(content, refused.reason());
    }
  }

  private AdapterAnswer<IngestStatus> ask(Content content) throws InterruptedException {
    IngestRequest request =
        IngestRequest.ofUrl(content.origin().toString(), content.name().value());
    return client.start(content.adapter(), content.id().value(), content.version(), request);
  }

  private AdapterAnswer<IngestStatus> follow(Content content) throws InterruptedException {
    return client.status(content.adapter(), content.id().value(), content.version());
  }

  private void onStatus(Content content, IngestStatus status) throws InterruptedException {
    IngestKey key = IngestKey.of(content);
    Duration wait =
        status.state() == IngestStatus.State.HASHING ? HASHING_INTERVAL : WAITING_INTERVAL;
    accepted.put(key, clock.instant().plus(wait));
    progress.put(key, status);
    switch (status.state()) {
      case QUEUED, HASHING -> {}
      case DONE -> fetchMetainfo(content);
      case FAILED ->
          fail(content, status.failure() == null ? "the ingest failed" : status.failure());
    }
  }

  private void fetchMetainfo(Content content) throws InterruptedException {
    AdapterAnswer<byte[]> answer =
        health.heard(
            content.adapter(),
            client.metainfo(content.adapter(), content.id().value(), content.version()));
    if (answer instanceof Given<byte[]> given) {
      finish(content, given.value());
    } else if (answer instanceof Refused<byte[]> refused) {
      fail(content, refused.reason());
    }
  }

  private void finish(Content content, byte[] torrent) {
    Metainfo metainfo;
    try {
      metainfo = Metainfo.parse(torrent);
    } catch (MetainfoException e) {
      fail(content, "the origin adapter's metainfo is not acceptable: " + e.getMessage());
      return;
    }
    if (!metainfo.name().equals(content.name().value())) {
      fail(content, "the origin adapter's metainfo carries another name: " + metainfo.name());
    } else if (ingests.ready(content.id(), content.version(), TorrentFacts.of(metainfo), torrent)) {
      readied.increment();
      log.info("content ready content={} version={}", content.id(), content.version());
    }
  }

  private void fail(Content content, String reason) {
    if (ingests.failed(content.id(), content.version(), reason)) {
      failed.increment();
      log.warn(
          "content failed content={} version={} reason={}",
          content.id(),
          content.version(),
          reason);
    }
  }
}
