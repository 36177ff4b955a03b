package io.weir.edge.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Every meter of the piece store, each said once. Thread-safe. */
public final class StoreMetrics {
  private final MeterRegistry registry;
  private final Counter resets;
  private final Map<LossCause, Counter> lost = new EnumMap<>(LossCause.class);

  /** Registers the counters; gauges follow when the store is open. */
  public StoreMetrics(MeterRegistry registry) {
    this.registry = registry;
    resets =
        Counter.builder("weir.store.resets")
            .description(
                "Starts at which the store's own maps could not be read and it began empty; the"
                    + " disk is failing.")
            .register(registry);
    for (LossCause cause : LossCause.values()) {
      lost.put(
          cause,
          Counter.builder("weir.store.lost")
              .description(
                  "Stored pieces found broken, dropped and filled again, none of them served."
                      + " missing: a power cut; checksum, unreadable, hash: the disk is failing.")
              .tag("cause", cause.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void gauges(BooleanSupplier writable, IntSupplier files) {
    Gauge.builder("weir.store.files", files::getAsInt)
        .description(
            "Files of pieces; each may be open, so a rise towards the process's limit of open files"
                + " means that contents are too many and too small for their segments.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("weir.store.writable", () -> writable.getAsBoolean() ? 1 : 0)
        .description(
            "1 while pieces are stored, 0 while the disk is full or refuses: then everything is"
                + " still served, and what is not on disk is filled anew each time it leaves memory.")
        .strongReference(true)
        .register(registry);
  }

  void reset() {
    resets.increment();
  }

  void lost(LossCause cause) {
    Counter counter = lost.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
