package io.weir.control.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which adapters are worth calling: one that was unavailable is left alone for a while, whatever it
 * was wanted for. Confined to the reconciler's thread; bounded by the adapters ever configured.
 */
final class AdapterHealth {
  private static final Logger log = LoggerFactory.getLogger(AdapterHealth.class);

  private final Map<String, Backoff> backoffs = new HashMap<>();
  private final Clock clock;
  private final Random random;
  private final Counter unavailable;

  AdapterHealth(Clock clock, Random random, MeterRegistry meters) {
    this.clock = clock;
    this.random = random;
    this.unavailable =
        Counter.builder("weir.adapter.unavailable")
            .description(
                "Calls to origin adapters that got no usable answer. A rise means an adapter is"
                    + " down, overloaded or refuses the credential; ingests wait for it.")
            .register(meters);
  }

  boolean mayCall(String adapter) {
    return backoff(adapter).isOver(clock.instant());
  }

  /** Notes how a call ended, and passes the answer on. */
  <T> AdapterAnswer<T> heard(String adapter, AdapterAnswer<T> answer) {
    if (answer instanceof AdapterAnswer.Unavailable<T> failure) {
      unavailable.increment();
      if (backoff(adapter).onFailure(clock.instant())) {
        log.warn("origin adapter unavailable adapter={} reason={}", adapter, failure.reason());
      }
    } else {
      backoff(adapter).onSuccess();
    }
    return answer;
  }

  private Backoff backoff(String adapter) {
    return backoffs.computeIfAbsent(adapter, a -> new Backoff(random));
  }
}
