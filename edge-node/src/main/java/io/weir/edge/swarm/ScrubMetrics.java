package io.weir.edge.swarm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.edge.cache.PieceCheck;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Every meter of the scrub, each said once. Thread-safe. */
public final class ScrubMetrics {
  private final Counter sound;
  private final Counter broken;
  private final Counter bytes;
  private final LongSupplier nanoTime;
  private volatile long passedNanos;

  /** Registers them; the first pass counts from now. */
  public ScrubMetrics(MeterRegistry registry, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    passedNanos = nanoTime.getAsLong();
    sound = pieces(registry, "sound");
    broken = pieces(registry, "broken");
    bytes =
        Counter.builder("weir.scrub.bytes")
            .description(
                "Bytes of stored pieces read and hashed again; flat: scrub is off or the"
                    + " edge has been busy without a pause.")
            .baseUnit("bytes")
            .register(registry);
    Gauge.builder("weir.scrub.pass.age", this, ScrubMetrics::ageSeconds)
        .description(
            "Seconds since every stored piece had been checked, or since the start. Grows"
                + " beyond days where store.scrub-rate is too low for the store.")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private static Counter pieces(MeterRegistry registry, String result) {
    return Counter.builder("weir.scrub.pieces")
        .description(
            "Stored pieces hashed again. broken: the disk loses bytes; they are dropped"
                + " and filled again.")
        .tag("result", result)
        .register(registry);
  }

  void checked(PieceCheck.Result result, int lengthBytes) {
    if (result != PieceCheck.Result.NOT_HERE) {
      (result == PieceCheck.Result.SOUND ? sound : broken).increment();
      bytes.increment(lengthBytes);
    }
  }

  void passed() {
    passedNanos = nanoTime.getAsLong();
  }

  private double ageSeconds() {
    return (nanoTime.getAsLong() - passedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
