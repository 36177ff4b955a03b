package io.weir.control.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.control.db.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the process says of itself, to anyone. */
final class ServiceResource {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Database database;
  private final PrometheusMeterRegistry meters;
  private final String version;
  private final byte[] description;

  ServiceResource(Database database, PrometheusMeterRegistry meters, String version) {
    this.database = database;
    this.meters = meters;
    this.version = version;
    this.description = readDescription();
  }

  private static byte[] readDescription() {
    try (InputStream yaml = ServiceResource.class.getResourceAsStream("/openapi.yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("openapi.yaml is not on the class path");
      }
      return yaml.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Outcome greeting(ApiRequest request) {
    return text("Weir control plane " + version + "\nAPI description: /openapi.yaml\n");
  }

  Outcome health(ApiRequest request) {
    return text("ok\n");
  }

  Outcome readiness(ApiRequest request) {
    return database.isHealthy()
        ? text("ready\n")
        : Fault.UNAVAILABLE.because("the database does not answer");
  }

  Outcome metrics(ApiRequest request) {
    return new Outcome.Bytes(
        "text/plain; version=0.0.4; charset=utf-8",
        meters.scrape().getBytes(StandardCharsets.UTF_8),
        null);
  }

  Outcome description(ApiRequest request) {
    return new Outcome.Bytes("application/yaml", description, null);
  }

  private static Outcome text(String text) {
    return new Outcome.Bytes(TEXT, text.getBytes(StandardCharsets.UTF_8), null);
  }
}
