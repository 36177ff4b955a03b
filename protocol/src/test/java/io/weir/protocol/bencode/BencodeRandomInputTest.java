package io.weir.protocol.bencode;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random bytes, mostly of bencoding's own alphabet, are decoded or refused, never anything else.
 */
class BencodeRandomInputTest {
  private static final int INPUTS = 200_000;
  private static final String ALPHABET = "ilde0123:-a";

  @Test
  void whatIsDecodedIsCanonicalAndTheRestHasANamedFault() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = randomInput(random);
      try {
        BencodeFuzzTest.checkSorted(input);
      } catch (BencodeException | RuntimeException | Error e) {
        fail("seed " + seed + " input " + Arrays.toString(input), e);
      }
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
