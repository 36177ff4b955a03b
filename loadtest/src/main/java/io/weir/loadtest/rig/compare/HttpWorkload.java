package io.weir.loadtest.rig.compare;

import io.weir.protocol.config.DataSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ranges of one size at uniform positions, in a closed loop.
 *
 * @param service {@link Service#HTTP} or {@link Service#HTTPS}
 * @param range length of each
 * @param connections at once
 */
public record HttpWorkload(Service service, DataSize range, int connections) implements Workload {
  /** From this size on it is bytes that cost, and not requests. */
  private static final long LARGE_BYTES = 128 * 1024;

  private static final int CONNECTIONS = 32;

  /** The rows of every comparison. */
  public static List<Workload> all() {
    return List.of(
        new HttpWorkload(Service.HTTP, DataSize.parse("1MiB"), CONNECTIONS),
        new HttpWorkload(Service.HTTP, DataSize.parse("256KiB"), CONNECTIONS),
        new HttpWorkload(Service.HTTP, DataSize.parse("16KiB"), CONNECTIONS),
        new HttpWorkload(Service.HTTPS, DataSize.parse("1MiB"), CONNECTIONS),
        new HttpWorkload(Service.HTTPS, DataSize.parse("16KiB"), CONNECTIONS));
  }

  @Override
  public Group group() {
    return isTls() ? Group.TLS : Group.HTTP;
  }

  private boolean isTls() {
    return service == Service.HTTPS;
  }

  @Override
  public String title() {
    return (isTls() ? "TLS 1.3" : "HTTP")
        + " ranges of "
        + range
        + ", "
        + connections
        + " connections";
  }

  @Override
  public Metric metric() {
    return range.bytes() >= LARGE_BYTES ? Metric.CPU_PER_GIGABYTE : Metric.CPU_PER_ANSWER;
  }

  @Override
  public Optional<List<String>> generator(Contestant contestant, Bench bench, Effort effort) {
    return contestant
        .address(service)
        .map(
            url -> {
              List<String> arguments =
                  new ArrayList<>(
                      List.of(
                          "loadtest",
                          "http",
                          url.toString(),
                          "--json",
                          "--connections",
                          Integer.toString(connections),
                          "--range",
                          range.toString(),
                          "--warm-up",
                          Double.toString(effort.warmUpSeconds()),
                          "--seconds",
                          Double.toString(effort.seconds()),
                          "--verify",
                          bench.content().toString(),
                          "--pid",
                          Long.toString(contestant.pid())));
              if (isTls()) {
                arguments.addAll(List.of("--insecure", "--discard-ciphertext"));
              }
              return arguments;
            });
  }
}
