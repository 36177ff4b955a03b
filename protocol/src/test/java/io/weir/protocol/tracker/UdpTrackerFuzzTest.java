package io.weir.protocol.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any packet, from a client or from a tracker, is refused by name or means the same when it is
 * written and read again.
 */
class UdpTrackerFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "0000041727101980 00000000 cafebabe",
            "1122334455667788 00000001 cafebabe"
                + "aa".repeat(40)
                + "00".repeat(27)
                + "02 00000000 0a0b0c0d ffffffff 1ae1 02 09 2f616e6e6f756e6365 00",
            "1122334455667788 00000002 cafebabe" + "aa".repeat(40),
            "00000000 cafebabe 1122334455667788",
            "00000001 cafebabe 00000708 00000002 00000001 0a000007 1ae1",
            "00000002 cafebabe 00000001 00000002 00000003",
            "00000003 cafebabe 6e6f")
        .map(hex -> Samples.hex(hex).array());
  }

  @MethodSource("seeds")
  @FuzzTest
  void packetIsRefusedByNameOrMeansTheSameAgain(byte[] packet) throws TrackerException {
    checkRequest(packet);
    checkResponse(packet, false);
    checkResponse(packet, true);
  }

  private static void checkRequest(byte[] packet) throws TrackerException {
    Request request;
    try {
      request = UdpTrackerCodec.decodeRequest(ByteBuffer.wrap(packet));
    } catch (TrackerException refused) {
      assertTrue(refused.getMessage().contains(": "), refused.getMessage());
      return;
    }
    ByteBuffer out = ByteBuffer.allocate(packet.length);
    UdpTrackerCodec.encode(request, out);
    assertEquals(request, UdpTrackerCodec.decodeRequest(out.flip()));
  }

  private static void checkResponse(byte[] packet, boolean ipv6) throws TrackerException {
    Response response;
    try {
      response = UdpTrackerCodec.decodeResponse(ByteBuffer.wrap(packet), ipv6);
    } catch (TrackerException refused) {
      assertTrue(refused.getMessage().contains(": "), refused.getMessage());
      return;
    }
    if (response instanceof Response.Failure) {
      return; // its text is cut, and bytes that are not UTF-8 are replaced
    }
    ByteBuffer out = ByteBuffer.allocate(packet.length);
    UdpTrackerCodec.encode(response, ipv6, out);
    assertEquals(response, UdpTrackerCodec.decodeResponse(out.flip(), ipv6));
  }
}
