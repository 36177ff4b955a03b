package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any frame is a message or is refused by name; a message is written as the bytes it came from. */
class WireFuzzTest {
  static Stream<byte[]> seeds() {
    return WireCodecTest.goldenBytes()
        .map(golden -> Bytes.hex((String) golden.get()[0]))
        .map(frame -> frame.slice(4, frame.limit() - 4))
        .map(
            frame -> {
              byte[] bytes = new byte[frame.remaining()];
              frame.get(bytes);
              return bytes;
            });
  }

  @MethodSource("seeds")
  @FuzzTest
  void frameIsRefusedByNameOrWrittenAsItWas(byte[] frame) {
    WireMessage message;
    try {
      message = WireCodec.decode(ByteBuffer.wrap(frame));
    } catch (WireException refused) {
      assertTrue(refused.getMessage().contains(": "), refused.getMessage());
      return;
    }
    if (message instanceof WireMessage.Unknown) {
      return; // its body is not kept
    }
    ByteBuffer out = ByteBuffer.allocate(WireCodec.encodedLengthBytes(message));
    WireCodec.encode(message, out);
    assertEquals(
        ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip(), out.flip());
  }
}
