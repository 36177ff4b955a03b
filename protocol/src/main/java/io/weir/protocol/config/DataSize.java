package io.weir.protocol.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with a unit: {@code 512B}, {@code 64KiB}, {@code 10MiB}, {@code 2GiB},
 * {@code 1TiB}.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,19})(B|KiB|MiB|GiB|TiB)");
  private static final String UNITS = "B, KiB, MiB, GiB or TiB";

  /**
   * Validates.
   *
   * @throws IllegalArgumentException if bytes is negative
   */
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is 0 or more bytes, not " + bytes);
    }
  }

  /**
   * Reads a size with its unit.
   *
   * @throws IllegalArgumentException if it is not a whole number directly followed by a unit, or
   *     more than a long holds; the message names the units
   */
  public static DataSize parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size: a whole number and a unit, " + UNITS);
    }
    try {
      long count = Long.parseLong(matcher.group(1));
      return new DataSize(Math.multiplyExact(count, unitBytes(matcher.group(2))));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is more bytes than can be counted", e);
    }
  }

  /** A size of whole mebibytes. */
  public static DataSize ofMebibytes(long mebibytes) {
    return new DataSize(Math.multiplyExact(mebibytes, 1L << 20));
  }

  /** The text that {@link #parse} reads back: the largest unit that divides it. */
  @Override
  public String toString() {
    for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
      if (bytes > 0 && bytes % unitBytes(unit) == 0) {
        return bytes / unitBytes(unit) + unit;
      }
    }
    return bytes + "B";
  }

  private static long unitBytes(String unit) {
    return switch (unit) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "TiB" -> 1L << 40;
      default -> 1;
    };
  }
}
