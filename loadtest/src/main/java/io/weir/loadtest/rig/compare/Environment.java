package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine, and how it was set, as far as figures depend on it. */
final class Environment {
  private static final Path CONGESTION_CONTROL =
      Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

  /** In order, for the report. */
  static Map<String, String> of(Cores cores, boolean ownNamespace, Effort effort)
      throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("CPU", cpuModel() + ", " + cpuCount() + " cores");
    facts.put(
        "congestion control",
        Files.readString(CONGESTION_CONTROL).strip()
            + (ownNamespace ? ", in a network namespace of its own" : ", the machine's own"));
    facts.put("cores", cores.description());
    facts.put(
        "JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put(
        "effort",
        "%d MiB of random bytes, %d rounds of %s s after %s s, one round before"
            .formatted(
                effort.contentBytes() >> 20,
                effort.rounds(),
                effort.seconds(),
                effort.warmUpSeconds()));
    return facts;
  }

  private static String cpuModel() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static long cpuCount() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("processor")).count();
    }
  }

  private Environment() {}
}
