package io.weir.edge.tls;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Supplier;

/** What TLS counts. Any thread. */
final class TlsMetrics {
  private final Counter reloaded;
  private final Counter refused;

  TlsMetrics(MeterRegistry meters, Supplier<Instant> expires) {
    reloaded = reloads(meters, "ok");
    refused = reloads(meters, "refused");
    Gauge.builder("weir.tls.certificate.expires", () -> (double) expires.get().getEpochSecond())
        .description(
            "When the certificate in use expires, in seconds since 1970; where it does not rise in"
                + " time, renewal has failed")
        .baseUnit("seconds")
        .register(meters);
  }

  private static Counter reloads(MeterRegistry meters, String result) {
    return Counter.builder("weir.tls.reloads")
        .description(
            "Changed certificate files read; refused: they are broken, and the old pair stays in"
                + " use, see the log")
        .tag("result", result)
        .register(meters);
  }

  void onReloaded() {
    reloaded.increment();
  }

  void onRefused() {
    refused.increment();
  }
}
