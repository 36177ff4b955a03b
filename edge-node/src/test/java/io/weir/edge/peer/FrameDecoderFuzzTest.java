package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.edge.fixture.CountedBuffers;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer sends after its handshake, and however the network cuts it up: the session goes
 * on, or ends for the same reason, which is never a failure of ours, and holds no buffer after.
 * What it answers may differ, as an end drops answers that the same read has brought.
 */
class FrameDecoderFuzzTest {
  /** One pool for all sessions, each of which leaves it as it was. */
  private static final CountedBuffers BUFFERS = new CountedBuffers();

  static Stream<Arguments> seeds() {
    return Stream.of(
            "00000001 02 0000000d 06 00000002 00000000 00000400",
            "00000001 0f 00000005 04 00000003 00000001 03",
            "00000004 14 00 6465 00000000 00000004 05 800000",
            "00000009 07 00000000 00000000")
        .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")))
        .map(stream -> Arguments.of(stream, new byte[] {1, 4, 9}));
  }

  @MethodSource("seeds")
  @FuzzTest
  void outcomeIsTheSameHoweverTheBytesAreCut(byte[] stream, byte[] cuts) {
    if (stream != null && cuts != null) {
      assertEquals(outcome(stream, new byte[0]), outcome(stream, cuts));
    }
  }

  /** Why the session ended; empty if it goes on. */
  private static List<String> outcome(byte[] stream, byte[] cuts) {
    try (SessionRig rig = new SessionRig(BUFFERS)) {
      rig.pieces.heat(2);
      rig.handshake(true, true);
      int from = 0;
      for (byte cut : cuts) {
        int to = Math.min(stream.length, from + Byte.toUnsignedInt(cut));
        send(rig, stream, from, to);
        from = to;
      }
      send(rig, stream, from, stream.length);
      List<String> reasons = rig.closes();
      assertFalse(reasons.contains(CloseReason.FAILED.label()));
      return reasons;
    }
  }

  private static void send(SessionRig rig, byte[] stream, int from, int to) {
    if (rig.channel.isOpen()) {
      rig.sendBytes(Arrays.copyOfRange(stream, from, to));
    }
  }
}
