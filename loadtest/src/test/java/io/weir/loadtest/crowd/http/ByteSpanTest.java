package io.weir.loadtest.crowd.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ByteSpanTest {
  @Test
  void theLastSpanEndsWithTheFile() {
    assertEquals("bytes=0-9", ByteSpan.from(0, 10, 15).range());
    assertEquals("bytes=10-14", ByteSpan.from(10, 10, 15).range());
    assertEquals(5, ByteSpan.from(10, 10, 15).lengthBytes());
  }

  @Test
  void onlyThePartAskedForIsAccepted() {
    ByteSpan span = ByteSpan.from(10, 10, 100);

    assertNull(span.faultIn(206, "bytes 10-19/100", 10));
    assertEquals("status 200 to bytes=10-19", span.faultIn(200, null, 100));
    assertNotNull(span.faultIn(206, "bytes 10-18/100", 9));
    assertNotNull(span.faultIn(206, "bytes 10-19/101", 10));
    assertNotNull(span.faultIn(206, null, 10));
    assertNotNull(span.faultIn(206, "bytes 10-19/100", 11));
  }

  @Test
  void aSpanOutsideTheFileIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ByteSpan(0, 100, 100));
    assertThrows(IllegalArgumentException.class, () -> new ByteSpan(5, 4, 100));
    assertThrows(IllegalArgumentException.class, () -> new ByteSpan(-1, 4, 100));
  }
}
