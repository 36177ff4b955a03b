package io.weir.edge.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.edge.store.PieceStore;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every meter of the piece cache, each said once. Thread-safe. */
public final class CacheMetrics {
  private static final String BYTES = "bytes";

  private final MeterRegistry registry;
  private final Map<Tier, Counter> reads;
  private final Counter verifyFailures;
  private final Map<Refusal, Counter> refusals;
  private final Map<PieceStore.PutResult, Counter> puts;
  private final Counter putsSkipped;
  private final Counter putsDeclined;
  private final Counter fillBytes;

  /** Registers the counters; gauges follow when the cache is built. */
  public CacheMetrics(MeterRegistry registry) {
    this.registry = registry;
    reads =
        counters(
            Tier.class,
            tier ->
                counter(
                    "weir.cache.reads",
                    "Reads answered, by where the piece was. More from fill: content is cold or"
                        + " the store too small.",
                    "tier",
                    tier));
    verifyFailures =
        Counter.builder("weir.fill.verify.failures")
            .description(
                "Filled pieces whose hash was wrong, none of them served or stored: the origin"
                    + " object changed or the adapter is broken.")
            .register(registry);
    refusals =
        counters(
            Refusal.class,
            refusal ->
                counter(
                    "weir.cache.refusals",
                    "Reads answered unavailable, by reason. source and deadline: the adapter is"
                        + " down or slow; busy and waiters: more demand than this edge takes.",
                    "reason",
                    refusal));
    puts =
        counters(
            PieceStore.PutResult.class,
            result ->
                counter(
                    "weir.store.puts",
                    "Verified pieces brought to the store, by result. failed and paused: the disk"
                        + " refuses or is nearly full, see the log; full: the cap is smaller than"
                        + " what is asked for.",
                    "result",
                    result));
    putsSkipped =
        Counter.builder("weir.store.puts.skipped")
            .description("Pieces served but not stored because the disk is behind the fills.")
            .register(registry);
    putsDeclined =
        Counter.builder("weir.store.puts.declined")
            .description(
                "Pieces not assigned to this node and asked for once, served without being stored;"
                    + " more than a trickle: demand for content that is placed elsewhere.")
            .register(registry);
    fillBytes =
        Counter.builder("weir.fill.bytes")
            .description("Bytes read from sources; its ratio to bytes served is the miss ratio.")
            .baseUnit(BYTES)
            .register(registry);
  }

  void gauges(
      Supplier<Number> storedBytes,
      Supplier<Number> hotBytes,
      Supplier<Number> flights,
      Supplier<Number> sourcesDown) {
    Gauge.builder("weir.fill.sources.down", sourcesDown)
        .description(
            "Content versions whose fills keep failing: peers are shown only what is stored of"
                + " them; see the adapter and their origins.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("weir.store.size", storedBytes)
        .description("Bytes of pieces in the store; at the cap, pieces are being evicted.")
        .baseUnit(BYTES)
        .strongReference(true)
        .register(registry);
    Gauge.builder("weir.cache.hot.size", hotBytes)
        .description("Bytes of pieces in memory; off-heap, beside the Java heap.")
        .baseUnit(BYTES)
        .strongReference(true)
        .register(registry);
    Gauge.builder("weir.cache.flights", flights)
        .description("Pieces on their way from store or source; a plateau is a slow source.")
        .strongReference(true)
        .register(registry);
  }

  void read(Tier tier, int times) {
    of(reads, tier).increment(times);
  }

  void verifyFailed() {
    verifyFailures.increment();
  }

  void refused(Refusal refusal, int times) {
    of(refusals, refusal).increment(times);
  }

  void put(PieceStore.PutResult result) {
    of(puts, result).increment();
  }

  void putSkipped() {
    putsSkipped.increment();
  }

  void putDeclined() {
    putsDeclined.increment();
  }

  void filled(int bytes) {
    fillBytes.increment(bytes);
  }

  private Counter counter(String name, String description, String label, Enum<?> value) {
    return Counter.builder(name)
        .description(description)
        .tag(label, value.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private static <E extends Enum<E>> Map<E, Counter> counters(
      Class<E> type, Function<E, Counter> counter) {
    Map<E, Counter> counters = new EnumMap<>(type);
    for (E value : type.getEnumConstants()) {
      counters.put(value, counter.apply(value));
    }
    return counters;
  }

  private static <E extends Enum<E>> Counter of(Map<E, Counter> counters, E value) {
    Counter counter = counters.get(value);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + value);
    }
    return counter;
  }
}
