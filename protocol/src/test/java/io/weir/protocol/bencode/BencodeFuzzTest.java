package io.weir.protocol.bencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are decoded or have a named fault; what was decoded is canonical, and where keys may
 * stand in any order, becomes so.
 */
class BencodeFuzzTest {
  /** So tight that each limit is met by a short input. */
  private static final BencodeLimits LIMITS = new BencodeLimits(5, 50, 100, 400);

  static Stream<byte[]> seeds() {
    return Stream.of(
            "d3:cow3:moo4:spaml1:a1:bee",
            "d1:bi1e1:ai-9223372036854775808ee",
            "lllei0eee",
            "d8:msg_typei1e5:piecei0eeRAW",
            "d4:info" + "l".repeat(6))
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsDecodedIsCanonicalAndTheRestHasANamedFault(byte[] input) throws BencodeException {
    checkSorted(input);
    checkUnsorted(input);
  }

  static void checkSorted(byte[] input) throws BencodeException {
    Bencode.Prefix prefix = decode(input, KeyOrder.SORTED);
    if (prefix != null) {
      byte[] head = Arrays.copyOf(input, prefix.lengthBytes());
      assertArrayEquals(head, Bencode.encode(prefix.value()));
      assertEquals(prefix.value(), Bencode.decode(head, LIMITS));
    }
  }

  private static void checkUnsorted(byte[] input) throws BencodeException {
    Bencode.Prefix prefix = decode(input, KeyOrder.ANY);
    if (prefix != null) {
      byte[] sorted = Bencode.encode(prefix.value());
      assertEquals(prefix.lengthBytes(), sorted.length);
      assertEquals(prefix.value(), Bencode.decode(sorted, LIMITS));
    }
  }

  private static Bencode.Prefix decode(byte[] input, KeyOrder keyOrder) {
    try {
      return Bencode.decodePrefix(ByteBuffer.wrap(input), LIMITS, keyOrder);
    } catch (BencodeException refused) {
      assertNotNull(refused.kind());
      return null;
    }
  }
}
