package io.weir.protocol.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as an operator writes them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 7d}. */
public final class DurationText {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");

  /**
   * Reads a whole number directly followed by its unit.
   *
   * @throws IllegalArgumentException if it is anything else; the message names the units
   */
  public static Duration parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration: a whole number and a unit, ms, s, m, h or d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /**
   * The text that {@link #parse} reads back, in the largest unit that divides it.
   *
   * @throws IllegalArgumentException if it is negative or not whole milliseconds
   */
  static String format(Duration duration) {
    if (duration.isNegative() || duration.getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException(duration + " cannot be written in whole milliseconds");
    }
    long seconds = duration.getSeconds();
    if (duration.getNano() != 0) {
      return duration.toMillis() + "ms";
    } else if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    } else if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    } else if (seconds % 86_400 != 0) {
      return seconds / 3600 + "h";
    }
    return seconds / 86_400 + "d";
  }

  private DurationText() {}
}
