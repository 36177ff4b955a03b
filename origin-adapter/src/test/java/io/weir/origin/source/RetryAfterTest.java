package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                             | PT0S
          120                           | PT2M
          ' 7 '                         | PT7S
          Sun, 06 Nov 1994 08:49:57 GMT | PT20S
          Sun, 06 Nov 1994 08:49:37 GMT | PT0S
          Sun, 06 Nov 1994 07:49:37 GMT | PT0S
          """)
  void secondsAndDatesAreRead(String header, Duration wait) {
    assertEquals(Optional.of(wait), RetryAfter.parse(header, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "Sun, 06 Nov 1994", "\u0661"})
  void anythingElseSaysNothing(String header) {
    assertEquals(Optional.empty(), RetryAfter.parse(header, NOW));
  }

  @Test
  void dateFarAwayIsNoOverflow() {
    assertTrue(
        RetryAfter.parse("Fri, 31 Dec 9999 23:59:59 GMT", NOW)
            .filter(wait -> wait.toDays() > 8_000 * 365)
            .isPresent());
  }
}
