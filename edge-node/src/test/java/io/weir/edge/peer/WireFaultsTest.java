package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.MetadataMessage;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a peer sends that it must not: it is answered, or it is ignored, or it ends that session
 * alone for the reason given.
 */
final class WireFaultsTest {
  /** "Interested", so that requests are looked at. */
  private static final String INTERESTED = "00000001 02 ";

  private final SessionRig rig = new SessionRig();

  @AfterEach
  void nothingLeaks() {
    rig.close();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frame of 128 KiB and one byte | 00020001 | FRAME_TOO_LONG
          frame of 2 GiB | 7fffffff | FRAME_TOO_LONG
          frame of a negative length | 80000000 | FRAME_TOO_LONG
          piece of 4 GiB | ffffffff 07 | FRAME_TOO_LONG
          HTTP after the handshake | 47455420 2f204854 54502f31 | FRAME_TOO_LONG
          TLS after the handshake | 16030100 c8010000 | FRAME_TOO_LONG
          half a length | 0000 | OPEN
          half a frame | 0000000d 06 0000 | OPEN
          choke with a body | 00000002 00 00 | MALFORMED_MESSAGE
          unchoke with a body | 00000002 01 00 | MALFORMED_MESSAGE
          interested with a body | 00000002 02 00 | MALFORMED_MESSAGE
          not interested with a body | 00000002 03 00 | MALFORMED_MESSAGE
          keep-alives | 00000000 00000000 | OPEN
          what a seed has no use for | 00000001 00 00000001 01 00000001 03 | OPEN
          message that no BEP defines | 00000002 c8 00 | OPEN
          message 22 of BEP 52 (hashes) | 00000002 16 00 | OPEN
          port | 00000003 09 1ae1 | OPEN
          short port | 00000002 09 00 | MALFORMED_MESSAGE
          long port | 00000004 09 1ae100 | MALFORMED_MESSAGE
          """)
  void frameOfAnImpossibleLength(String fault, String hex, String outcome) {
    rig.handshake(true, true);
    rig.sendBytes(bytes(INTERESTED + hex));
    assertOutcome(outcome);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          have without a piece | 00000001 04 | MALFORMED_MESSAGE
          short have | 00000004 04 000000 | MALFORMED_MESSAGE
          long have | 00000006 04 00000000 00 | MALFORMED_MESSAGE
          have of piece -2^31 | 00000005 04 80000000 | MALFORMED_MESSAGE
          have of piece -1 | 00000005 04 ffffffff | MALFORMED_MESSAGE
          have of the first piece that is not | 00000005 04 00000014 | HAVE_OUT_OF_RANGE
          have of piece 2^31-1 | 00000005 04 7fffffff | HAVE_OUT_OF_RANGE
          same have twice | 00000005 04 00000001 00000005 04 00000001 | OPEN
          empty bitfield | 00000001 05 | MALFORMED_MESSAGE
          bitfield a byte short | 00000003 05 8000 | INVALID_BITFIELD
          bitfield a byte long | 00000005 05 80000000 | INVALID_BITFIELD
          bitfield with its last bit set | 00000004 05 800001 | INVALID_BITFIELD
          bitfield with its first spare bit set | 00000004 05 800008 | INVALID_BITFIELD
          complete bitfield with spare bits set | 00000004 05 ffffff | INVALID_BITFIELD
          bitfield twice | 00000004 05 800000 00000004 05 800000 | OPEN
          bitfield after haves | 00000005 04 00000001 00000004 05 400000 | OPEN
          bitfield and have-none | 00000004 05 800000 00000001 0f | OPEN
          complete bitfield | 00000004 05 fffff0 | PEER_COMPLETE
          have-none and have-all | 00000001 0f 00000001 0e | PEER_COMPLETE
          have-none twice | 00000001 0f 00000001 0f | OPEN
          have-all with a body | 00000002 0e 00 | MALFORMED_MESSAGE
          have-none with a body | 00000002 0f 00 | MALFORMED_MESSAGE
          """)
  void claimThatCannotBeTrue(String fault, String hex, String outcome) {
    rig.handshake(true, true);
    rig.sendBytes(bytes(INTERESTED + hex));
    assertOutcome(outcome);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          request without a block | 00000001 06 | MALFORMED_MESSAGE
          short request | 0000000c 06 00000000 00000000 000040 | MALFORMED_MESSAGE
          long request | 0000000e 06 00000000 00000000 00004000 00 | MALFORMED_MESSAGE
          request for nothing | 0000000d 06 00000000 00000000 00000000 | MALFORMED_MESSAGE
          request for 128 KiB and one byte | 0000000d 06 00000000 00000000 00020001 | MALFORMED_MESSAGE
          request for -1 bytes | 0000000d 06 00000000 00000000 ffffffff | MALFORMED_MESSAGE
          request for piece -1 | 0000000d 06 ffffffff 00000000 00004000 | MALFORMED_MESSAGE
          request from -1 on | 0000000d 06 00000000 ffffffff 00004000 | MALFORMED_MESSAGE
          request that ends beyond 2^31 | 0000000d 06 00000000 7fffffff 00004000 | MALFORMED_MESSAGE
          request that ends at 2^31-1 | 0000000d 06 00000000 7fffbfff 00004000 | INVALID_REQUEST
          request for the first piece that is not | 0000000d 06 00000014 00000000 00004000 | INVALID_REQUEST
          request for piece 2^31-1 | 0000000d 06 7fffffff 00000000 00004000 | INVALID_REQUEST
          request across the end of its piece | 0000000d 06 00000000 00000001 00004000 | INVALID_REQUEST
          request from the end of its piece on | 0000000d 06 00000000 00004000 00000001 | INVALID_REQUEST
          request a byte longer than its piece | 0000000d 06 00000000 00000000 00004001 | INVALID_REQUEST
          whole block of the short last piece | 0000000d 06 00000013 00000000 00004000 | INVALID_REQUEST
          misaligned request | 0000000d 06 00000000 00000003 00000005 | OPEN
          same request twice | 0000000d 06 00000000 00000000 00004000 0000000d 06 00000000 00000000 00004000 | OPEN
          short cancel | 00000004 08 000000 | MALFORMED_MESSAGE
          cancel of nothing | 0000000d 08 00000000 00000000 00000000 | MALFORMED_MESSAGE
          cancel of piece -1 | 0000000d 08 ffffffff 00000000 00004000 | MALFORMED_MESSAGE
          cancel of what was never asked | 0000000d 08 00000001 00000000 00004000 | OPEN
          cancel of a piece that is not | 0000000d 08 7fffffff 00000000 00004000 | OPEN
          piece without a block | 00000009 07 00000000 00000000 | MALFORMED_MESSAGE
          piece sent to a seed | 0000000a 07 00000000 00000000 00 | UNWANTED_PIECE
          short hash request | 00000005 15 00000000 | MALFORMED_MESSAGE
          long hash reject | 00000032 17 00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 | MALFORMED_MESSAGE
          """)
  void requestThatCannotBeAnswered(String fault, String hex, String outcome) {
    rig.handshake(true, true);
    rig.sendBytes(bytes(INTERESTED + hex));
    assertOutcome(outcome);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          suggestion to a seed | 00000005 0d 00000001 | OPEN
          suggestion of a piece that is not | 00000005 0d 7fffffff | OPEN
          short suggestion | 00000004 0d 000000 | MALFORMED_MESSAGE
          suggestion of piece -1 | 00000005 0d ffffffff | MALFORMED_MESSAGE
          allowed-fast to a seed | 00000005 11 00000001 | OPEN
          long allowed-fast | 00000006 11 00000001 00 | MALFORMED_MESSAGE
          reject of what was never asked | 0000000d 10 00000000 00000000 00004000 | OPEN
          reject without a block | 00000001 10 | MALFORMED_MESSAGE
          reject of nothing | 0000000d 10 00000000 00000000 00000000 | MALFORMED_MESSAGE
          """)
  void fastMessageOutOfPlace(String fault, String hex, String outcome) {
    rig.handshake(true, true);
    rig.sendBytes(bytes(INTERESTED + hex));
    assertOutcome(outcome);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          extended message without an id | 00000001 14 | MALFORMED_MESSAGE
          extended handshake without a dictionary | 00000002 14 00 | MALFORMED_MESSAGE
          empty extended handshake | 00000004 14 00 6465 | OPEN
          extended handshake twice | 00000004 14 00 6465 00000004 14 00 6465 | OPEN
          extended handshake that is a list | 00000004 14 00 6c65 | MALFORMED_MESSAGE
          extended handshake with bytes behind it | 00000005 14 00 646465 | MALFORMED_MESSAGE
          extended handshake cut short | 00000006 14 00 64313a6d | MALFORMED_MESSAGE
          extended handshake whose m is a number | 00000009 14 00 64313a6d693165 | MALFORMED_MESSAGE
          message of an extension that was not offered | 00000003 14 63 00 | OPEN
          ut_metadata without a dictionary | 00000006 14 01 69316565 | MALFORMED_MESSAGE
          ut_metadata without a type | 00000004 14 01 6465 | MALFORMED_MESSAGE
          """)
  void extensionMessageThatIsNone(String fault, String hex, String outcome) {
    rig.handshake(true, true);
    rig.sendBytes(bytes(INTERESTED + hex));
    assertOutcome(outcome);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number where m should be | d1:mi1ee | MALFORMED_MESSAGE
          extension numbered 256 | d1:md11:ut_metadatai256eee | MALFORMED_MESSAGE
          extension numbered -1 | d1:md11:ut_metadatai-1eee | MALFORMED_MESSAGE
          extension whose number is a string | d1:md11:ut_metadata1:1ee | MALFORMED_MESSAGE
          extension turned off | d1:md11:ut_metadatai0eee | OPEN
          metadata of more than 10 MiB | d1:mde13:metadata_sizei10485761ee | MALFORMED_MESSAGE
          metadata of a negative size | d1:mde13:metadata_sizei-1ee | MALFORMED_MESSAGE
          leading zero | d1:mde13:metadata_sizei01ee | MALFORMED_MESSAGE
          integer beyond 64 bits | d4:reqqi99999999999999999999ee | MALFORMED_MESSAGE
          string longer than the frame | d1:v99:xe | MALFORMED_MESSAGE
          negative string | d1:v-1:xe | MALFORMED_MESSAGE
          key twice | d1:vi1e1:vi1ee | MALFORMED_MESSAGE
          queue of no requests | d4:reqqi0ee | OPEN
          port of 2^16 | d1:pi65536ee | OPEN
          address of five bytes | d6:yourip5:abcdee | OPEN
          keys out of order | d1:vi1e1:pi1ee | OPEN
          upload-only peer | d11:upload_onlyi1ee | PEER_COMPLETE
          """)
  void extendedHandshakeWithA(String fault, String bencode, String outcome) {
    rig.handshake(true, true);
    rig.send(new WireMessage.Extended(0, ascii(bencode)));
    assertOutcome(outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 1000, 100_000})
  void deeplyNestedExtendedHandshakeIsRefused(int depth) {
    rig.handshake(true, true);
    rig.send(new WireMessage.Extended(0, ascii("d1:v" + "l".repeat(depth))));
    rig.assertClosed(CloseReason.MALFORMED_MESSAGE);
  }

  @Test
  void hugeExtendedHandshakeIsRefused() {
    rig.handshake(true, true);
    rig.send(new WireMessage.Extended(0, ascii("d1:vl" + "i1e".repeat(40_000) + "ee")));
    rig.assertClosed(CloseReason.MALFORMED_MESSAGE);
  }

  @Test
  void handshakeNamingTooManyExtensionsIsRefused() {
    Map<String, Integer> extensions =
        IntStream.range(0, 65).boxed().collect(Collectors.toMap(i -> "x" + i, i -> 1));
    rig.handshake(true, true);
    rig.send(SessionRig.extendedHandshake(extensions, false));
    rig.assertClosed(CloseReason.MALFORMED_MESSAGE);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          block that is not | d8:msg_typei0e5:piecei99ee | d8:msg_typei2e5:piecei99ee
          last block that can be named | d8:msg_typei0e5:piecei2147483647ee | d8:msg_typei2e5:piecei2147483647ee
          block -1 | d8:msg_typei0e5:piecei-1ee | MALFORMED_MESSAGE
          block 2^31 | d8:msg_typei0e5:piecei2147483648ee | MALFORMED_MESSAGE
          request without a block | d8:msg_typei0ee | MALFORMED_MESSAGE
          block that nobody asked for | d8:msg_typei1e5:piecei0e10:total_sizei1eex | OPEN
          data of another length | d8:msg_typei1e5:piecei0e10:total_sizei9eex | MALFORMED_MESSAGE
          reject of what was never asked | d8:msg_typei2e5:piecei0ee | OPEN
          type that BEP 9 does not define | d8:msg_typei3e5:piecei0ee | OPEN
          type -1 | d8:msg_typei-1e5:piecei0ee | OPEN
          """)
  void utMetadataWithA(String fault, String bencode, String outcome) {
    rig.handshake(true, true);
    rig.readHandshake();
    rig.send(SessionRig.extendedHandshake(Map.of("ut_metadata", 5), false));
    rig.read();
    rig.send(new WireMessage.Extended(ExtensionProtocol.UT_METADATA, ascii(bencode)));
    if (outcome.startsWith("d")) {
      assertEquals(List.of(new WireMessage.Extended(5, ascii(outcome))), rig.read());
      rig.assertOpen();
    } else {
      assertOutcome(outcome);
      assertEquals(List.of(), rig.read());
    }
  }

  @Test
  void metadataFloodIsRejectedOneByOne() {
    rig.handshake(true, true);
    rig.readHandshake();
    rig.send(SessionRig.extendedHandshake(Map.of("ut_metadata", 5), false));
    rig.read();
    byte[] request = new MetadataMessage.Request(0).encode();
    WireMessage ask = new WireMessage.Extended(ExtensionProtocol.UT_METADATA, wrap(request));
    rig.send(Collections.nCopies(1000, ask).toArray(WireMessage[]::new));
    WireMessage reject = new WireMessage.Extended(5, wrap(new MetadataMessage.Reject(0).encode()));
    List<WireMessage> answers = rig.read();
    assertEquals(1000, answers.size());
    assertTrue(Collections.frequency(answers, reject) >= 998, "answered by rejects");
    rig.assertOpen();
  }

  @Test
  void keepAliveFloodIsNotAnswered() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    rig.sendBytes(new byte[4 * 10_000]);
    assertEquals(List.of(), rig.read());
    rig.assertOpen();
  }

  @Test
  void flappingInterestIsUnchokedOnce() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    rig.sendBytes(bytes("00000001 02 00000001 03".repeat(1000)));
    assertEquals(List.of(new WireMessage.Unchoke()), rig.read());
    rig.assertOpen();
  }

  @Test
  void requestsWhileChokedAreRejectedUpToALimit() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    WireMessage ask = new WireMessage.Request(0, 0, 1);
    int limit = PeerSession.MAX_CHOKED_REQUESTS;
    rig.send(Collections.nCopies(limit, ask).toArray(WireMessage[]::new));
    assertEquals(Collections.nCopies(limit, new WireMessage.RejectRequest(0, 0, 1)), rig.read());
    rig.assertOpen();
    rig.send(ask);
    rig.assertClosed(CloseReason.REQUEST_FLOOD);
  }

  @Test
  void hashRequestIsRejectedAsItStood() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    byte[] wanted = new byte[WireMessage.HASH_RANGE_BYTES];
    new Random(52).nextBytes(wanted);
    rig.send(new WireMessage.HashRequest(wrap(wanted)));
    assertEquals(List.of(new WireMessage.HashReject(wrap(wanted))), rig.read());
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

  /** Among them HTTP, TLS, SSH, and what encrypted handshakes (MSE) begin with: anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "\u0000",
        "\u0016\u0003\u0001",
        "SSH-2.0-",
        "\u00e7\u0013BitTorrent protocol",
        "\u0013\u00e7\u0019",
        "\u0012BitTorrent protocol",
        "\u0013bitTorrent",
        "\u0013BitTorrent protocoL"
      })
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
  void handshakeByteByByteIsGivenUpAtTheSameTime() {
    byte[] handshake = new byte[Handshake.LENGTH_BYTES];
    new Handshake(rig.film.cached().metainfo().infoHash(), SessionRig.THEIR_ID, true, true)
        .encode(ByteBuffer.wrap(handshake));
    for (int second = 0; second < 10; second++) {
      rig.assertOpen();
      rig.sendBytes(new byte[] {handshake[second]});
      rig.passTime(Duration.ofSeconds(1));
    }
    rig.assertClosed(CloseReason.HANDSHAKE_TIMEOUT);
  }

  @Test
  void garbageBehindTheHandshakeEndsTheSessionAfterItsGreeting() {
    byte[] garbage = new byte[500];
    Arrays.fill(garbage, (byte) 0xa5);
    rig.handshake(true, true);
    rig.sendBytes(garbage);
    rig.assertClosed(CloseReason.FRAME_TOO_LONG);
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

  /** An outcome is OPEN, or the reason why the session is closed. */
  private void assertOutcome(String outcome) {
    if (outcome.equals("OPEN")) {
      rig.assertOpen();
    } else {
      rig.assertClosed(CloseReason.valueOf(outcome));
    }
  }

  private static ByteBuffer ascii(String text) {
    return wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
