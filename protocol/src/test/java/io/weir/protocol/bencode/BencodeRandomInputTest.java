package io.weir.protocol.bencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random bytes, mostly of bencoding's own alphabet, are decoded or refused, never anything else.
 */
class BencodeRandomInputTest {
  private static final int INPUTS = 200_000;
  private static final String ALPHABET = "ilde0123:-a";
  private static final BencodeLimits LIMITS = new BencodeLimits(5, 12, 16, 40);

  @Test
  void whatIsDecodedIsCanonicalAndTheRestHasANamedFault() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = randomInput(random);
      try {
        checkCanonical(input);
      } catch (RuntimeException | Error e) {
        fail("seed " + seed + " input " + Arrays.toString(input), e);
      }
    }
  }

  private static void checkCanonical(byte[] input) {
    try {
      Bencode.Prefix prefix = Bencode.decodePrefix(ByteBuffer.wrap(input), LIMITS, KeyOrder.SORTED);
      byte[] head = Arrays.copyOf(input, prefix.lengthBytes());
      assertArrayEquals(head, Bencode.encode(prefix.value()));
      assertEquals(prefix.value(), Bencode.decode(head, LIMITS));
    } catch (BencodeException refused) {
      assertNotNull(refused.kind());
    }
  }

  private static byte[] randomInput(Random random) {
    byte[] input = new byte[random.nextInt(48)];
    for (int i = 0; i < input.length; i++) {
      input[i] =
          (byte)
              (random.nextInt(20) == 0
                  ? random.nextInt(256)
                  : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return input;
  }
}
