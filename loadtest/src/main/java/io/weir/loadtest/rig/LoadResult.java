package io.weir.loadtest.rig;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one run measured, its warm-up left out.
 *
 * @param pace how it was driven
 * @param seconds length of the measured part
 * @param answers complete right answers
 * @param bytes of their bodies
 * @param verified answers of which every byte was compared
 * @param failures answers and connections that were not right, by what was wrong, the first of each
 *     kind only
 * @param failed how many of those there were
 * @param latencyMicros from due (open loop) or sent (closed loop) to the last byte
 * @param server what the server spent, null where it was not watched
 * @param generatorCores CPU time of the generator's own thread, as a share of one core: near 1 it
 *     was the limit, and the rate says nothing of the server, whose cost per answer is right still
 */
public record LoadResult(
    Pace pace,
    double seconds,
    long answers,
    long bytes,
    long verified,
    List<String> failures,
    long failed,
    Histogram latencyMicros,
    @Nullable ServerUsage server,
    double generatorCores) {
  /** From this share of a core on a generator is what limits a closed loop. */
  public static final double GENERATOR_LIMIT = 0.97;

  /** Copies the list. */
  public LoadResult {
    failures = List.copyOf(failures);
  }

  /** Whether the generator, and not the server, set the rate. */
  public boolean isGeneratorLimited() {
    return generatorCores >= GENERATOR_LIMIT;
  }

  /** Answers a second. */
  public double answersPerSecond() {
    return answers / seconds;
  }

  /** Bytes a second. */
  public double bytesPerSecond() {
    return bytes / seconds;
  }

  /** Server CPU seconds for 10^9 bytes; null where the server was not watched. */
  public @Nullable Double cpuSecondsPerGigabyte() {
    return server == null || bytes == 0 ? null : server.cpuSeconds() / (bytes / 1e9);
  }

  /** Server CPU microseconds for one answer; null where the server was not watched. */
  public @Nullable Double cpuMicrosPerAnswer() {
    return server == null || answers == 0 ? null : server.cpuSeconds() * 1e6 / answers;
  }

  /** Why the run proves nothing; empty where it does. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (failed > 0) {
      faults.add(failed + " requests failed: " + String.join("; ", failures));
    }
    if (answers == 0) {
      faults.add("no request was answered");
    }
    if (pace instanceof Pace.Open open && !open.isMetBy(answers, (long) (seconds * 1e9))) {
      faults.add(
          "rate missed: %.0f of %.0f requests a second"
              .formatted(answersPerSecond(), open.perSecond()));
    }
    return faults;
  }
}
