package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of BEP 29: type and version, extension, id, two timestamps, window, seq, ack. */
final class UtpRefuserTest {
  private static final String SYN = "41 00 abcd 00000fa0 00000000 00100000 0001 0000";
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 6881);
  private static final InetSocketAddress US = new InetSocketAddress("192.0.2.1", 6881);

  private final PeerMetrics metrics = new PeerMetrics(new SimpleMeterRegistry());
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new UtpRefuser(() -> 10_000_000, new Random(1), metrics));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void synIsAnsweredWithAResetOfItsConnection() {
    receive(SYN);
    DatagramPacket reset = channel.readOutbound();
    assertEquals(PEER, reset.recipient());
    String hex = ByteBufUtil.hexDump(reset.content());
    // 10,000 µs by our clock, 6,000 after the SYN's 4,000.
    assertEquals("3100abcd000027100000177000000000", hex.substring(0, 32));
    assertEquals("0001", hex.substring(36), "acknowledges the SYN");
    assertEquals(UtpRefuser.HEADER_BYTES, reset.content().readableBytes());
    assertEquals(1, metrics.utpResets.count());
    reset.release();
  }

  @Test
  void synWithExtensionsIsAnsweredToo() {
    receive("41 02 abcd 00000fa0 00000000 00100000 0001 0000 0008 0000000000000000");
    DatagramPacket reset = channel.readOutbound();
    assertEquals(UtpRefuser.HEADER_BYTES, reset.content().readableBytes());
    reset.release();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "41",
        "41 00 abcd 00000fa0 00000000 00100000 0001 00",
        "42 00 abcd 00000fa0 00000000 00100000 0001 0000",
        "01 00 abcd 00000fa0 00000000 00100000 0001 0000",
        "11 00 abcd 00000fa0 00000000 00100000 0001 0000",
        "21 00 abcd 00000fa0 00000000 00100000 0001 0000",
        "31 00 abcd 00000fa0 00000000 00100000 0001 0000",
        "51 00 abcd 00000fa0 00000000 00100000 0001 0000",
        "64313a6164323a696432303a6162636465666768696a"
      })
  void allElseIsDropped(String hex) {
    receive(hex);
    assertNull(channel.readOutbound());
  }

  private void receive(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(bytes), US, PEER));
  }
}
