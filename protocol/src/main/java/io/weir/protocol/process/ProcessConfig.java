package io.weir.protocol.process;

import java.time.Duration;

/** What the configuration of every process says. */
public interface ProcessConfig {
  /** The most that may be given. */
  Duration MAX_SHUTDOWN_GRACE = Duration.ofHours(1);

  /** How long what is under way may take to finish when the process is told to end. */
  Duration shutdownGrace();

  /**
   * Checks a grace.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  static void requireShutdownGrace(Duration grace) {
    if (grace.compareTo(MAX_SHUTDOWN_GRACE) > 0) {
      throw new IllegalArgumentException("shutdown-grace: must be 1h or less");
    }
  }
}
