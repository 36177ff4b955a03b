package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any payload of an extended message is refused by name, or means the same when it is written and
 * read again: as a BEP 10 handshake and as a BEP 9 metadata message.
 */
class ExtensionFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "d1:md11:ut_metadatai2e6:ut_pexi1ee13:metadata_sizei31235e1:pi6881e4:reqqi250e"
                + "11:upload_onlyi1e1:v12:Weir/0.1 \u00e2\u0098\u00836:yourip4:abcde",
            "d1:v" + (127 + 4) + ":" + "c".repeat(127) + "\u00f0\u009f\u008e\u00ace",
            "d8:msg_typei0e5:piecei0ee",
            "d8:msg_typei1e5:piecei0e10:total_sizei3eexyz",
            "d8:msg_typei2e5:piecei7ee",
            "d8:msg_typei9ee")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void payloadIsRefusedByNameOrMeansTheSameAgain(byte[] payload) throws WireException {
    ExtendedHandshake handshake = decodeHandshake(payload);
    if (handshake != null) {
      assertEquals(handshake, ExtendedHandshake.decode(ByteBuffer.wrap(handshake.encode())));
    }
    MetadataMessage message = decodeMetadata(payload);
    if (message != null) {
      assertEquals(message, MetadataMessage.decode(ByteBuffer.wrap(message.encode())));
    }
  }

  private static ExtendedHandshake decodeHandshake(byte[] payload) {
    try {
      return ExtendedHandshake.decode(ByteBuffer.wrap(payload));
    } catch (WireException refused) {
      assertTrue(refused.getMessage().startsWith("extended handshake: "), refused.getMessage());
      return null;
    }
  }

  private static MetadataMessage decodeMetadata(byte[] payload) {
    try {
      return MetadataMessage.decode(ByteBuffer.wrap(payload));
    } catch (WireException refused) {
      assertTrue(refused.getMessage().startsWith("ut_metadata: "), refused.getMessage());
      return null;
    }
  }
}
