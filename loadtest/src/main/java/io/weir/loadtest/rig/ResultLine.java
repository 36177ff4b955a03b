package io.weir.loadtest.rig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A result as every generator prints it, one line of JSON with {@code --json}, and as a comparison
 * reads it back.
 *
 * @param seconds length of the measured part
 * @param answers complete right answers
 * @param answersPerSecond of them
 * @param megabytesPerSecond of their bodies, 10^6 bytes each
 * @param verified answers of which every byte was compared
 * @param p50Micros median latency
 * @param p90Micros 90th percentile
 * @param p99Micros 99th percentile
 * @param p999Micros 99.9th percentile
 * @param maxMicros the longest
 * @param cpuSecondsPerGigabyte the server's, null where it was not watched
 * @param cpuMicrosPerAnswer the server's, null where it was not watched
 * @param residentBytes the server's, null where it was not watched
 * @param generatorCores the generator's own share of a core
 * @param generatorLimited whether that set the rate
 * @param faults why the run proves nothing; empty where it does
 */
public record ResultLine(
    double seconds,
    long answers,
    double answersPerSecond,
    double megabytesPerSecond,
    long verified,
    long p50Micros,
    long p90Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros,
    @Nullable Double cpuSecondsPerGigabyte,
    @Nullable Double cpuMicrosPerAnswer,
    @Nullable Long residentBytes,
    double generatorCores,
    boolean generatorLimited,
    List<String> faults) {
  /** Copies the list. */
  public ResultLine {
    faults = List.copyOf(faults);
  }

  /** Of a run that has ended. */
  public static ResultLine of(LoadResult result) {
    Histogram latency = result.latencyMicros();
    ServerUsage server = result.server();
    return new ResultLine(
        result.seconds(),
        result.answers(),
        result.answersPerSecond(),
        result.bytesPerSecond() / 1e6,
        result.verified(),
        latency.getValueAtPercentile(50),
        latency.getValueAtPercentile(90),
        latency.getValueAtPercentile(99),
        latency.getValueAtPercentile(99.9),
        latency.getMaxValue(),
        result.cpuSecondsPerGigabyte(),
        result.cpuMicrosPerAnswer(),
        server == null ? null : server.residentBytes(),
        result.generatorCores(),
        result.isGeneratorLimited(),
        result.faults());
  }

  /** The same with these faults. */
  public ResultLine withFaults(List<String> all) {
    return new ResultLine(
        seconds,
        answers,
        answersPerSecond,
        megabytesPerSecond,
        verified,
        p50Micros,
        p90Micros,
        p99Micros,
        p999Micros,
        maxMicros,
        cpuSecondsPerGigabyte,
        cpuMicrosPerAnswer,
        residentBytes,
        generatorCores,
        generatorLimited,
        all);
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws IOException if it is anything else
   */
  public static ResultLine parse(String json) throws IOException {
    return Json.MAPPER.readValue(json, ResultLine.class);
  }

  /** One line. */
  public String toJson() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers is JSON", e);
    }
  }

  /** For people, one field a line. */
  public String toText() {
    JsonNode fields = Json.MAPPER.valueToTree(this);
    return fields.properties().stream()
        .filter(field -> !field.getValue().isNull() && !field.getValue().isArray())
        .map(field -> String.format(Locale.ROOT, "%-22s %s", field.getKey(), field.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
