package io.weir.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  private final BearerToken token = BearerToken.of("s3cret");

  @Test
  void ownHeaderMatches() {
    assertEquals("Bearer s3cret", token.toHeader());
    assertTrue(token.matches(token.toHeader()));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "Bearer",
        "Bearer ",
        "Bearer s3cre",
        "Bearer s3cretx",
        "Bearer s3creT",
        "bearer s3cret",
        "Bearer  s3cret",
        "Bearer s3cret ",
        "Basic s3cret",
        "Bearer s3cr\u00e9t"
      })
  void anyOtherHeaderDoesNotMatch(String header) {
    assertFalse(token.matches(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\u00e9", "a\u007f", "\u0000"})
  void otherThanPrintableAsciiIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> BearerToken.of(text));
  }

  @Test
  void tokenIsNeverPrinted() {
    assertFalse(token.toString().contains("s3cret"));
  }
}
