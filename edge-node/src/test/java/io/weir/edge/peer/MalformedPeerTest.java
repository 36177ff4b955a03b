package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a peer sends that it must not, ends its session alone, and for the reason given. */
final class MalformedPeerTest {
  /** "Interested", so that requests are looked at. */
  private static final String INTERESTED = "00000001 02 ";

  private final SessionRig rig = new SessionRig();

  @AfterEach
  void nothingLeaks() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          00020001,                               FRAME_TOO_LONG
          7fffffff,                               FRAME_TOO_LONG
          80000000,                               FRAME_TOO_LONG
          ffffffff 07,                            FRAME_TOO_LONG
          47455420 2f204854 54502f31,             FRAME_TOO_LONG
          00000002 00 00,                         MALFORMED_MESSAGE
          00000002 01 00,                         MALFORMED_MESSAGE
          00000002 02 00,                         MALFORMED_MESSAGE
          00000002 03 00,                         MALFORMED_MESSAGE
          00000001 04,                            MALFORMED_MESSAGE
          00000004 04 000000,                     MALFORMED_MESSAGE
          00000006 04 00000000 00,                MALFORMED_MESSAGE
          00000005 04 80000000,                   MALFORMED_MESSAGE
          00000005 04 ffffffff,                   MALFORMED_MESSAGE
          00000005 04 00000014,                   HAVE_OUT_OF_RANGE
          00000005 04 7fffffff,                   HAVE_OUT_OF_RANGE
          00000001 05,                            MALFORMED_MESSAGE
          00000002 05 80,                         INVALID_BITFIELD
          00000003 05 8000,                       INVALID_BITFIELD
          00000005 05 80000000,                   INVALID_BITFIELD
          00000004 05 800001,                     INVALID_BITFIELD
          00000004 05 800008,                     INVALID_BITFIELD
          00000004 05 800000 00000004 05 800000,  OPEN
          00000004 05 800000 00000001 0f,         OPEN
          00000001 0f 00000001 0e,                PEER_COMPLETE
          00000001 0f 00000001 0f,                OPEN
          00000004 05 fffff0,                     PEER_COMPLETE
          00000001 06,                            MALFORMED_MESSAGE
          0000000c 06 00000000 00000000 000040,   MALFORMED_MESSAGE
          0000000e 06 00000000 00000000 00004000 00, MALFORMED_MESSAGE
          0000000d 06 00000000 00000000 00000000, MALFORMED_MESSAGE
          0000000d 06 00000000 00000000 00020001, MALFORMED_MESSAGE
          0000000d 06 00000000 00000000 ffffffff, MALFORMED_MESSAGE
          0000000d 06 ffffffff 00000000 00004000, MALFORMED_MESSAGE
          0000000d 06 00000000 ffffffff 00004000, MALFORMED_MESSAGE
          0000000d 06 00000000 7fffffff 00004000, MALFORMED_MESSAGE
          0000000d 06 00000014 00000000 00004000, INVALID_REQUEST
          0000000d 06 7fffffff 00000000 00004000, INVALID_REQUEST
          0000000d 06 00000000 00000001 00004000, INVALID_REQUEST
          0000000d 06 00000000 00004000 00000001, INVALID_REQUEST
          0000000d 06 00000000 00000000 00004001, INVALID_REQUEST
          0000000d 06 00000013 00000000 00004000, INVALID_REQUEST
          00000009 07 00000000 00000000,          MALFORMED_MESSAGE
          0000000a 07 00000000 00000000 00,       UNWANTED_PIECE
          00000004 08 000000,                     MALFORMED_MESSAGE
          0000000d 08 00000000 00000000 00000000, MALFORMED_MESSAGE
          00000002 09 00,                         MALFORMED_MESSAGE
          00000002 0e 00,                         MALFORMED_MESSAGE
          00000001 10,                            MALFORMED_MESSAGE
          00000001 14,                            MALFORMED_MESSAGE
          00000002 14 00,                         MALFORMED_MESSAGE
          00000004 14 00 6465,                    OPEN
          00000004 14 00 6c65,                    MALFORMED_MESSAGE
          00000005 14 00 646465,                  MALFORMED_MESSAGE
          00000006 14 01 69316565,                MALFORMED_MESSAGE
          00000004 14 01 6465,                    MALFORMED_MESSAGE
          00000003 14 63 00,                      OPEN
          00000000 00000000,                      OPEN
          00000003 09 1ae1,                       OPEN
          00000005 11 00000001,                   OPEN
          00000005 0d 00000001,                   OPEN
          00000002 c8 00,                         OPEN
          00000001 00 00000001 01 00000001 03,    OPEN
          """)
  void frameEndsTheSessionForItsReason(String hex, String reason) {
    rig.handshake(true, true);
    rig.sendBytes(bytes(INTERESTED + hex));
    assertReason(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000001 0e",
        "00000001 0f",
        "00000005 0d 00000001",
        "00000005 11 00000001",
        "0000000d 10 00000000 00000000 00004000"
      })
  void fastMessageFromAPeerWithoutTheExtensionEndsItsSession(String hex) {
    rig.handshake(false, false);
    rig.sendBytes(bytes(hex));
    rig.assertClosed(CloseReason.FAST_NOT_NEGOTIATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "\u0000", "\u0012BitTorrent protocol", "\u0013bitTorrent"})
  void otherProtocolIsClosedAtItsFirstWrongByte(String opening) {
    rig.sendBytes(opening.getBytes(StandardCharsets.ISO_8859_1));
    rig.assertClosed(CloseReason.NOT_BITTORRENT);
  }

  @Test
  void unknownInfoHashIsClosedWithoutAnAnswer() {
    rig.handshake(InfoHash.of(new byte[20]), true, true);
    rig.assertClosed(CloseReason.UNKNOWN_CONTENT);
    assertEquals(List.of(), rig.read());
  }

  @Test
  void connectionToOneselfIsClosed() {
    ByteBuffer out = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    new Handshake(rig.film.cached().metainfo().infoHash(), SessionRig.OUR_ID, true, true)
        .encode(out);
    rig.sendBytes(out.array());
    rig.assertClosed(CloseReason.SELF);
  }

  @Test
  void handshakeThatTakesTooLongIsGivenUp() {
    rig.sendBytes(new byte[] {19, 'B'});
    rig.passTime(Duration.ofSeconds(9));
    rig.assertOpen();
    rig.passTime(Duration.ofSeconds(1));
    rig.assertClosed(CloseReason.HANDSHAKE_TIMEOUT);
  }

  @Test
  void nothingAfterAViolationIsLookedAt() {
    rig.handshake(true, true);
    rig.sendBytes(bytes("00000005 04 00000014 00000001 06 ffffffff"));
    rig.assertClosed(CloseReason.HAVE_OUT_OF_RANGE);
  }

  @Test
  void bytesMayComeOneByOne() {
    ByteBuffer out = ByteBuffer.allocate(Handshake.LENGTH_BYTES + 22);
    new Handshake(rig.film.cached().metainfo().infoHash(), SessionRig.THEIR_ID, true, false)
        .encode(out);
    out.put(bytes(INTERESTED + "0000000d 06 00000002 00000000 00000400"));
    rig.pieces.heat(2);
    for (byte b : out.array()) {
      rig.sendBytes(new byte[] {b});
    }
    rig.readHandshake();
    assertEquals(rig.block(2, 0, 1024), rig.read().get(3));
  }

  @Test
  void bytesMayComeAllAtOnce() {
    ByteBuffer out = ByteBuffer.allocate(Handshake.LENGTH_BYTES + 22);
    new Handshake(rig.film.cached().metainfo().infoHash(), SessionRig.THEIR_ID, true, false)
        .encode(out);
    out.put(bytes(INTERESTED + "0000000d 06 00000002 00000000 00000400"));
    rig.pieces.heat(2);
    rig.sendBytes(out.array());
    rig.readHandshake();
    assertEquals(rig.block(2, 0, 1024), rig.read().get(3));
  }

  @Test
  void randomFramesNeverFailASession() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      try (SessionRig other = new SessionRig(rig.buffers)) {
        other.handshake(random.nextBoolean(), random.nextBoolean());
        for (int i = 0; i < 20 && other.channel.isOpen(); i++) {
          other.sendBytes(randomFrame(random));
        }
        assertEquals(
            0,
            other.registry.get("weir.peer.closes").tag("reason", "failed").counter().count(),
            "seed " + seed);
      }
    }
  }

  private static byte[] randomFrame(Random random) {
    byte[] body = new byte[random.nextInt(16)];
    random.nextBytes(body);
    ByteBuffer frame = ByteBuffer.allocate(5 + body.length);
    frame.putInt(1 + body.length).put((byte) random.nextInt(22)).put(body);
    return random.nextInt(10) == 0
        ? Arrays.copyOf(frame.array(), 1 + random.nextInt(frame.capacity()))
        : frame.array();
  }

  private void assertReason(String reason) {
    if (reason.equals("OPEN")) {
      rig.assertOpen();
    } else {
      rig.assertClosed(CloseReason.valueOf(reason));
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
