package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.wire.WireMessage.Bitfield;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitfieldTest {
  /** BEP 3: the high bit of the first byte is piece 0, spare bits at the end are zero. */
  @Test
  void goldenBytes() throws Exception {
    BitSet have = new BitSet();
    have.set(0);
    have.set(9);
    assertEquals(new Bitfield(Bytes.hex("8040")), Bitfield.of(have, 10));
    assertEquals(have, new Bitfield(Bytes.hex("8040")).toBitSet(10));
    assertEquals(have, new Bitfield(Bytes.hex("8040")).toBitSet(16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80|9|Bitfield: 1 bytes for 9 pieces",
        "8000|8|Bitfield: 2 bytes for 8 pieces",
        "80|2147483647|Bitfield: 1 bytes for 2147483647 pieces",
        "ff|7|Bitfield: spare bit 7 is set",
        "8020|10|Bitfield: spare bit 10 is set",
      })
  void wrongLengthAndSpareBitsAreRefused(String hex, int pieces, String fault) {
    WireException e =
        assertThrows(WireException.class, () -> new Bitfield(Bytes.hex(hex)).toBitSet(pieces));
    assertEquals(fault, e.getMessage());
  }

  @Test
  void pieceBeyondTheContentIsRefused() {
    BitSet have = new BitSet();
    have.set(8);
    assertThrows(IllegalArgumentException.class, () -> Bitfield.of(have, 8));
  }

  @Test
  void everySetSurvives() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      int pieces = 1 + random.nextInt(200);
      BitSet have = BitSet.valueOf(random.longs(4).toArray()).get(0, pieces);
      assertEquals(have, Bitfield.of(have, pieces).toBitSet(pieces), "seed=" + seed);
    }
  }
}
