package io.weir.control.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.control.catalogue.IngestingVersion;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves versions from ingesting to ready or failed, each by one look at a time at what its adapter
 * says. A version whose adapter is unavailable stays as it is. Confined to the reconciler's thread.
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
  private final IngestRequests requests;
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
    this.requests = new IngestRequests(ingests);
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
    List<IngestingVersion> underWay = ingests.ingesting();
    List<IngestKey> keys = underWay.stream().map(IngestKey::of).toList();
    accepted.keySet().retainAll(keys);
    progress.keepOnly(keys);
    for (IngestingVersion version : underWay) {
      Instant due = accepted.getOrDefault(IngestKey.of(version), Instant.MIN);
      if (!due.isAfter(clock.instant()) && health.mayCall(version.adapter())) {
        look(version);
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

  private void look(IngestingVersion version) throws InterruptedException {
    IngestKey key = IngestKey.of(version);
    if (accepted.containsKey(key)) {
      on(version, client.status(version.adapter(), key));
      return;
    }
    Optional<IngestRequest> request = requests.of(version);
    if (request.isPresent()) { // else it was superseded since it was listed
      on(version, client.start(version.adapter(), key, request.get()));
    }
  }

  private void on(IngestingVersion version, AdapterAnswer<IngestStatus> answer)
      throws InterruptedException {
    health.heard(version.adapter(), answer);
    if (answer instanceof Given<IngestStatus> given) {
      onStatus(version, given.value());
    } else if (answer instanceof Unknown) {
      accepted.remove(IngestKey.of(version)); // the adapter lost it: ask again
    } else if (answer instanceof Refused<IngestStatus> refused) {
      fail(version, refused.reason());
    }
  }

  private void onStatus(IngestingVersion version, IngestStatus status) throws InterruptedException {
    IngestKey key = IngestKey.of(version);
    Duration wait =
        status.state() == IngestStatus.State.HASHING ? HASHING_INTERVAL : WAITING_INTERVAL;
    accepted.put(key, clock.instant().plus(wait));
    progress.put(key, status);
    switch (status.state()) {
      case QUEUED, HASHING -> {}
      case DONE -> finish(version);
      case FAILED ->
          fail(version, status.failure() == null ? "the ingest failed" : status.failure());
    }
  }

  private void finish(IngestingVersion version) throws InterruptedException {
    AdapterAnswer<byte[]> answer =
        version.source().isImported()
            ? imported(version)
            : health.heard(
                version.adapter(), client.metainfo(version.adapter(), IngestKey.of(version)));
    if (answer instanceof Given<byte[]> given) {
      finish(version, given.value());
    } else if (answer instanceof Unknown) {
      accepted.remove(IngestKey.of(version)); // lost since it was done: ask again
    } else if (answer instanceof Refused<byte[]> refused) {
      fail(version, refused.reason());
    }
  }

  /** The operator's own torrent: served as it is, whatever an adapter would make of it. */
  private AdapterAnswer<byte[]> imported(IngestingVersion version) {
    return ingests.torrent(version).<AdapterAnswer<byte[]>>map(Given::new).orElseGet(Unknown::new);
  }

  private void finish(IngestingVersion version, byte[] torrent) {
    Metainfo metainfo;
    try {
      metainfo = Metainfo.parse(torrent);
    } catch (MetainfoException e) {
      fail(version, "the origin adapter's metainfo is not acceptable: " + e.getMessage());
      return;
    }
    String refusal = MetainfoCheck.refusal(version.source(), metainfo);
    if (refusal != null) {
      fail(version, refusal);
    } else if (ingests.ready(version, TorrentFacts.of(metainfo), torrent)) {
      readied.increment();
      log.info("content ready content={} version={}", version.id(), version.version());
    }
  }

  private void fail(IngestingVersion version, String reason) {
    if (ingests.failed(version, reason)) {
      failed.increment();
      log.warn(
          "content failed content={} version={} reason={}",
          version.id(),
          version.version(),
          reason);
    }
  }
}
