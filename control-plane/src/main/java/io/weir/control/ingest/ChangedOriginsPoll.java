package io.weir.control.ingest;

import io.weir.control.catalogue.ContentId;
import io.weir.control.db.NextVersions;
import io.weir.control.ingest.AdapterAnswer.Given;
import io.weir.control.ingest.AdapterAnswer.Unknown;
import io.weir.protocol.control.ChangedOrigins;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the adapters which versions' origins have changed, and has the next version of each begin.
 * Confined to the reconciler's thread.
 */
final class ChangedOriginsPoll {
  /** Between two questions to one adapter. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(ChangedOriginsPoll.class);

  private final Adapters adapters;
  private final NextVersions nextVersions;
  private final AdapterClient client;
  private final Clock clock;
  private final Random random;
  private final Map<String, Turn> turns = new HashMap<>();

  ChangedOriginsPoll(
      Adapters adapters,
      NextVersions nextVersions,
      AdapterClient client,
      Clock clock,
      Random random) {
    this.adapters = adapters;
    this.nextVersions = nextVersions;
    this.client = client;
    this.clock = clock;
    this.random = random;
  }

  /** When an adapter is asked again: apart from what ingests find, which matter more. */
  private static final class Turn {
    private final Backoff backoff;
    private Instant due = Instant.MIN;

    Turn(Random random) {
      this.backoff = new Backoff(random);
    }
  }

  /** Asks every adapter whose turn it is, and tries again what has failed long enough ago. */
  void poll() throws InterruptedException {
    nextVersions.retryDue(adapters::forContent);
    for (String adapter : adapters.urls()) {
      Turn turn = turns.computeIfAbsent(adapter, a -> new Turn(random));
      Instant now = clock.instant();
      if (!turn.due.isAfter(now) && turn.backoff.isOver(now)) {
        turn.due = now.plus(INTERVAL);
        ask(adapter, turn.backoff);
      }
    }
  }

  private void ask(String adapter, Backoff backoff) throws InterruptedException {
    AdapterAnswer<ChangedOrigins> answer = client.changed(adapter);
    if (answer instanceof Given<ChangedOrigins> given) {
      backoff.onSuccess();
      given.value().contents().forEach(changed -> begin(adapter, changed));
    } else if (answer instanceof Unknown) {
      backoff.onSuccess(); // of a version that does not watch origins yet
    } else if (backoff.onFailure(clock.instant())) {
      log.warn(
          "origin adapter does not say which origins changed adapter={} answer={}",
          adapter,
          answer);
    }
  }

  private void begin(String adapter, ChangedContent changed) {
    Optional<Integer> next =
        nextVersions.begin(
            new ContentId(changed.contentId()),
            changed.contentVersion(),
            adapter,
            adapters::forContent);
    if (next.isPresent()) {
      log.info(
          "origin has changed content={} version={} next={}",
          changed.contentId(),
          changed.contentVersion(),
          next.get());
    }
  }
}
