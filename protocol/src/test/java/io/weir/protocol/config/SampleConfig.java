package io.weir.protocol.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration with one component of every supported type. */
record SampleConfig(
    String nodeId,
    Path dataDir,
    @Nullable String advertise,
    ListenAddress udpTracker,
    Store store,
    Origins origins,
    Mode mode) {
  enum Mode {
    GRACE,
    STRICT_PURGE
  }

  record Store(
      DataSize capacity,
      Duration heartbeat,
      int replicas,
      long limit,
      double ratio,
      boolean scrub) {
    Store {
      if (replicas < 1) {
        throw new IllegalArgumentException("replicas is 1 or more, not " + replicas);
      }
    }
  }

  record Origins(
      List<String> hosts, List<Path> roots, List<Duration> waits, List<Credential> credentials) {
    Origins {
      hosts = List.copyOf(hosts);
      roots = List.copyOf(roots);
      credentials = List.copyOf(credentials);
    }
  }

  record Credential(
      String host, @Nullable Path valueFile, @Nullable DataSize limit, int uses, boolean strict) {
    Credential {
      if (uses < 0) {
        throw new IllegalArgumentException("uses is 0 or more, not " + uses);
      }
    }
  }

  SampleConfig {
    if (nodeId.isBlank()) {
      throw new IllegalArgumentException("node-id is blank");
    }
  }

  static SampleConfig defaults() {
    return new SampleConfig(
        "edge",
        Path.of("/var/lib/weir"),
        null,
        new ListenAddress("0.0.0.0", 6969),
        new Store(DataSize.ofMebibytes(64), Duration.ofSeconds(5), 2, 9L, 0.5, true),
        new Origins(List.of("origin.example"), List.of(), List.of(), List.of()),
        Mode.GRACE);
  }
}
