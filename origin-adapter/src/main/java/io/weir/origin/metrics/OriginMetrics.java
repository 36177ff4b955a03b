package io.weir.origin.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Every meter of the adapter. Safe for any thread. */
public final class OriginMetrics {
  private final MeterRegistry registry;
  private final Map<ReadReason, Counter> readBytes = new EnumMap<>(ReadReason.class);
  private final Map<PieceSource, Counter> pieces = new EnumMap<>(PieceSource.class);
  private final Counter servedBytes;
  private final Counter refusedRequests;
  private final Counter mismatches;
  private final Counter changes;
  private final Counter spoolRefusals;
  private final Counter spoolEvictions;
  private final Counter spoolCorruptions;
  private final Counter spoolFailures;

  /** Registers the catalogue; the registry stays the caller's. */
  public OriginMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (ReadReason reason : ReadReason.values()) {
      readBytes.put(
          reason,
          Counter.builder("weir.origin.read.bytes")
              .description(
                  "Bytes read from origins. Ingest should grow by each content's length once; a rise"
                      + " of fill means pieces that left the spool before the edges had them.")
              .tag("reason", label(reason))
              .register(registry));
    }
    for (PieceSource source : PieceSource.values()) {
      pieces.put(
          source,
          Counter.builder("weir.fill.pieces")
              .description(
                  "Pieces handed to edges, by where they came from. A rise of origin against spool"
                      + " means that the spool is too small.")
              .tag("source", label(source))
              .register(registry));
    }
    servedBytes =
        counter("weir.fill.served.bytes", "Bytes sent to edges. A rise means that edges fill.");
    refusedRequests =
        counter(
            "weir.fill.refused",
            "Fill requests answered 503 because too many were open. A rise means more edges, or"
                + " slower origins, than this adapter can shield.");
    mismatches =
        counter(
            "weir.fill.mismatches",
            "Pieces read from an origin that did not hash as the torrent says and were thrown away."
                + " A rise means an origin that has other bytes than were ingested or imported, or"
                + " a damaged path to it: the log names the content.");
    changes =
        counter(
            "weir.ingests.changed",
            "Content versions whose origin was found to have other objects. A rise means that"
                + " publishers replaced files: the control plane ingests a next version of each.");
    spoolRefusals =
        counter(
            "weir.spool.refused.bytes",
            "Hashed bytes that found no room in the spool and were let go. A rise means that origins"
                + " will be read again for them: raise spool.capacity.");
    spoolEvictions =
        counter(
            "weir.spool.evicted.bytes",
            "Spooled bytes dropped to make room. Harmless for released content; a rise together"
                + " with fill reads means that the spool is too small.");
    spoolCorruptions =
        counter(
            "weir.spool.corrupt.pieces",
            "Pieces found after a restart that no longer matched their hash and were dropped. A rise"
                + " without power loss means a failing disk.");
    spoolFailures =
        counter(
            "weir.spool.failures",
            "Pieces that could not be written or read back. A rise means a full or failing disk.");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Bytes that arrived from an origin. */
  public void onOriginBytes(ReadReason reason, long bytes) {
    count(readBytes, reason, bytes);
  }

  /** A request to an origin ended; outcome is {@code ok} or the name of a fault, a closed set. */
  public void onOriginRequest(String outcome) {
    Counter.builder("weir.origin.requests")
        .description(
            "Requests to origins by outcome. A rise of anything but ok names what is wrong with the"
                + " origins or with the allow-list.")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  /** A piece is about to be sent to an edge. */
  public void onPiece(PieceSource source) {
    count(pieces, source, 1);
  }

  /** Bytes went out to an edge. */
  public void onServedBytes(long bytes) {
    servedBytes.increment((double) bytes);
  }

  /** A fill request was refused because too many were open. */
  public void onFillRefused() {
    refusedRequests.increment();
  }

  /** A piece from an origin did not match its hash. */
  public void onMismatch() {
    mismatches.increment();
  }

  /** A content version was marked as one whose origin changed. */
  public void onOriginChanged() {
    changes.increment();
  }

  /** A piece did not fit into the spool. */
  public void onSpoolRefusal(long bytes) {
    spoolRefusals.increment((double) bytes);
  }

  /** A piece left the spool to make room. */
  public void onSpoolEviction(long bytes) {
    spoolEvictions.increment((double) bytes);
  }

  /** A piece from before the start no longer matched its hash. */
  public void onSpoolCorruption() {
    spoolCorruptions.increment();
  }

  /** A piece could not be written or read back. */
  public void onSpoolFailure() {
    spoolFailures.increment();
  }

  /** Shows the connections to origins. */
  public void watchConnections(Supplier<Number> open, Supplier<Number> waiting) {
    Gauge.builder("weir.origin.connections", open)
        .description(
            "Connections to origins that are being read. At connections-per-host for long means"
                + " that an origin is slower than what is asked of it.")
        .register(registry);
    Gauge.builder("weir.origin.connections.waiting", waiting)
        .description(
            "Reads that wait for a connection to their origin. Above 0 for long means that"
                + " connections-per-host is too small, or an origin too slow.")
        .register(registry);
  }

  /** Shows the pieces that wait for a read of their origin. */
  public void watchWaitingPieces(Supplier<Number> waiting) {
    Gauge.builder("weir.fill.pieces.waiting", waiting)
        .description(
            "Pieces that edges wait for and no read of the origin has come to. Some while cold"
                + " content is read; growing means that an origin is slower than what is asked of"
                + " it.")
        .register(registry);
  }

  /** Shows the spool's fill level. */
  public void watchSpool(Supplier<Number> usedBytes) {
    Gauge.builder("weir.spool.bytes", usedBytes)
        .description(
            "Bytes in the spool. At its capacity for long means that contents are not released or"
                + " that it is too small.")
        .register(registry);
  }

  /** Shows how many ingests are in one state. */
  public void watchIngests(Enum<?> state, Supplier<Number> ingests) {
    Gauge.builder("weir.ingests", ingests)
        .description(
            "Ingests known, by state. Growing queued means that origins are slower than what is"
                + " registered; any failed wants a look at its reason.")
        .tag("state", label(state))
        .register(registry);
  }

  private static <K extends Enum<K>> void count(Map<K, Counter> counters, K key, long amount) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment((double) amount);
    }
  }
}
