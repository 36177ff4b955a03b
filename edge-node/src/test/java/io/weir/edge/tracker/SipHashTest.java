package io.weir.edge.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class SipHashTest {
  /** The key 00 01 .. 0f of the paper's appendix A, and the message 00 01 .. 17. */
  @Test
  void hashIsThatOfTheReferenceImplementation() {
    SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    assertEquals(
        0xb8ad50c6f649af94L,
        hash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L));
  }

  @Test
  void everyWordCounts() {
    SipHash hash = new SipHash(1, 2);
    assertNotEquals(hash.of(0, 0, 0), hash.of(1, 0, 0));
    assertNotEquals(hash.of(0, 0, 0), hash.of(0, 1, 0));
    assertNotEquals(hash.of(0, 0, 0), hash.of(0, 0, 1));
    assertNotEquals(hash.of(0, 0, 0), new SipHash(2, 2).of(0, 0, 0));
    assertNotEquals(hash.of(0, 0, 0), new SipHash(1, 1).of(0, 0, 0));
  }
}
