package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.wire.WireMessage.AllowedFast;
import io.weir.protocol.wire.WireMessage.Bitfield;
import io.weir.protocol.wire.WireMessage.Cancel;
import io.weir.protocol.wire.WireMessage.Choke;
import io.weir.protocol.wire.WireMessage.Extended;
import io.weir.protocol.wire.WireMessage.HashReject;
import io.weir.protocol.wire.WireMessage.HashRequest;
import io.weir.protocol.wire.WireMessage.Have;
import io.weir.protocol.wire.WireMessage.HaveAll;
import io.weir.protocol.wire.WireMessage.HaveNone;
import io.weir.protocol.wire.WireMessage.Interested;
import io.weir.protocol.wire.WireMessage.KeepAlive;
import io.weir.protocol.wire.WireMessage.NotInterested;
import io.weir.protocol.wire.WireMessage.Piece;
import io.weir.protocol.wire.WireMessage.Port;
import io.weir.protocol.wire.WireMessage.RejectRequest;
import io.weir.protocol.wire.WireMessage.Request;
import io.weir.protocol.wire.WireMessage.SuggestPiece;
import io.weir.protocol.wire.WireMessage.Unchoke;
import io.weir.protocol.wire.WireMessage.Unknown;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireCodecTest {
  /** BEP 52 "hash request": pieces root, base layer, index, length, proof layers. */
  private static final String HASHES = "ab".repeat(32) + "00000007 00000200 00000200 00000003";

  /**
   * BEP 3 "peer messages", BEP 5 PORT, BEP 6 messages 0x0D to 0x11, BEP 10 message 20, BEP 52
   * messages 21 and 23.
   */
  static Stream<Arguments> goldenBytes() {
    return Stream.of(
        Arguments.of("00000000", new KeepAlive()),
        Arguments.of("00000001 00", new Choke()),
        Arguments.of("00000001 01", new Unchoke()),
        Arguments.of("00000001 02", new Interested()),
        Arguments.of("00000001 03", new NotInterested()),
        Arguments.of("00000005 04 00000521", new Have(1313)),
        Arguments.of("00000003 05 ff80", new Bitfield(Bytes.hex("ff80"))),
        Arguments.of("0000000d 06 00000001 00004000 00004000", new Request(1, 16384, 16384)),
        Arguments.of(
            "0000000c 07 00000001 00004000 616263", new Piece(1, 16384, Bytes.ascii("abc"))),
        Arguments.of("0000000d 08 00000001 00004000 00004000", new Cancel(1, 16384, 16384)),
        Arguments.of("00000003 09 1ae1", new Port(6881)),
        Arguments.of("00000005 0d 7fffffff", new SuggestPiece(Integer.MAX_VALUE)),
        Arguments.of("00000001 0e", new HaveAll()),
        Arguments.of("00000001 0f", new HaveNone()),
        Arguments.of("0000000d 10 00000001 00004000 00004000", new RejectRequest(1, 16384, 16384)),
        Arguments.of("00000005 11 00000000", new AllowedFast(0)),
        Arguments.of("00000004 14 00 6465", new Extended(0, Bytes.ascii("de"))),
        Arguments.of("00000002 14 ff", new Extended(255, Bytes.hex(""))),
        Arguments.of("00000031 15" + HASHES, new HashRequest(Bytes.hex(HASHES))),
        Arguments.of("00000031 17" + HASHES, new HashReject(Bytes.hex(HASHES))));
  }

  @ParameterizedTest
  @MethodSource
  void goldenBytes(String hex, WireMessage message) throws Exception {
    ByteBuffer golden = Bytes.hex(hex);
    assertEquals(golden, encoded(message));
    assertEquals(message, WireCodec.decode(golden.slice(4, golden.limit() - 4)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00 00|Choke: 2 bytes, not 1",
        "01 00|Unchoke: 2 bytes, not 1",
        "02 00|Interested: 2 bytes, not 1",
        "03 0000|NotInterested: 3 bytes, not 1",
        "04|Have: 1 bytes, not 5",
        "04 000000|Have: 4 bytes, not 5",
        "04 0000000000|Have: 6 bytes, not 5",
        "04 80000000|Have: piece -2147483648 is negative",
        "04 ffffffff|Have: piece -1 is negative",
        "05|Bitfield: empty",
        "06|Request: 1 bytes, not 13",
        "06 00000001 00000000|Request: 9 bytes, not 13",
        "06 00000001 00000000 000040|Request: 12 bytes, not 13",
        "06 00000001 00000000 00004000 00|Request: 14 bytes, not 13",
        "06 ffffffff 00000000 00004000|Request: piece -1 is negative",
        "06 00000001 ffffffff 00004000|Request: begin -1 is negative",
        "06 00000001 00000000 00000000|Request: length 0 is not within 1 to 131072",
        "06 00000001 00000000 ffffffff|Request: length -1 is not within 1 to 131072",
        "06 00000001 00000000 00020001|Request: length 131073 is not within 1 to 131072",
        "06 00000001 00000000 7fffffff|Request: length 2147483647 is not within 1 to 131072",
        "06 00000001 7fffffff 00004000|Request: block ends beyond any piece",
        "07|Piece: 1 bytes, less than 9",
        "07 00000001 000000|Piece: 8 bytes, less than 9",
        "07 00000001 00000000|Piece: length 0 is not within 1 to 131072",
        "07 ffffffff 00000000 61|Piece: piece -1 is negative",
        "07 00000001 80000000 61|Piece: begin -2147483648 is negative",
        "07 00000001 7fffffff 61|Piece: block ends beyond any piece",
        "08 00000001|Cancel: 5 bytes, not 13",
        "08 00000001 00000000 00000000|Cancel: length 0 is not within 1 to 131072",
        "08 80000001 00000000 00004000|Cancel: piece -2147483647 is negative",
        "08 00000001 80000000 00004000|Cancel: begin -2147483648 is negative",
        "09|Port: 1 bytes, not 3",
        "09 1a|Port: 2 bytes, not 3",
        "09 1ae100|Port: 4 bytes, not 3",
        "0d 000000|SuggestPiece: 4 bytes, not 5",
        "0d ffffffff|SuggestPiece: piece -1 is negative",
        "0e 00|HaveAll: 2 bytes, not 1",
        "0f 00|HaveNone: 2 bytes, not 1",
        "10 00000001|RejectRequest: 5 bytes, not 13",
        "10 00000001 00000000 7fffffff|RejectRequest: length 2147483647 is not within 1 to 131072",
        "10 ffffffff 00000000 00004000|RejectRequest: piece -1 is negative",
        "11|AllowedFast: 1 bytes, not 5",
        "11 fffffffe|AllowedFast: piece -2 is negative",
        "11 0000000000|AllowedFast: 6 bytes, not 5",
        "14|Extended: 1 bytes, less than 2",
        "15|HashRequest: 0 bytes, not 48",
        "15 000000|HashRequest: 3 bytes, not 48",
        "17 00|HashReject: 1 bytes, not 48",
      })
  void malformedFrameIsRefusedByName(String hex, String fault) {
    WireException e = assertThrows(WireException.class, () -> WireCodec.decode(Bytes.hex(hex)));
    assertEquals(fault, e.getMessage());
  }

  @Test
  void frameLargerThanTheLimitIsRefused() throws Exception {
    byte[] frame = new byte[WireCodec.MAX_FRAME_BYTES + 1];
    frame[0] = MessageId.BITFIELD;
    assertEquals(
        new Bitfield(ByteBuffer.wrap(frame, 1, WireCodec.MAX_FRAME_BYTES - 1)),
        WireCodec.decode(ByteBuffer.wrap(frame, 0, WireCodec.MAX_FRAME_BYTES)));
    WireException e =
        assertThrows(WireException.class, () -> WireCodec.decode(ByteBuffer.wrap(frame)));
    assertEquals("frame: 131073 bytes, more than 131072", e.getMessage());
  }

  @Test
  void unknownMessagesAreReadWithoutTheirBody() throws Exception {
    for (int id : new int[] {10, 11, 12, 18, 19, 22, 99, 255}) {
      ByteBuffer frame = ByteBuffer.allocate(9).put(0, (byte) id);
      assertEquals(new Unknown(id), WireCodec.decode(frame));
    }
  }

  @Test
  void payloadsAreViewsOfTheFrame() throws Exception {
    ByteBuffer frame = Bytes.hex("07 00000001 00000000 61").order(ByteOrder.LITTLE_ENDIAN);
    Piece piece = (Piece) WireCodec.decode(frame);
    assertEquals(1, piece.piece());
    frame.put(9, (byte) 'z');
    assertEquals('z', piece.block().get(0));
    assertEquals(0, frame.position());
  }

  @Test
  void messageStaysWholeWhenEncoded() {
    Piece piece = new Piece(1, 0, Bytes.ascii("abc"));
    assertEquals(encoded(piece), encoded(piece));
  }

  @Test
  void pieceHeaderIsWhatPrecedesABlock() {
    Piece piece = new Piece(7, 32768, ByteBuffer.allocate(WireCodec.BLOCK_BYTES));
    ByteBuffer header = ByteBuffer.allocate(WireCodec.PIECE_HEADER_BYTES);
    WireCodec.encodePieceHeader(7, 32768, WireCodec.BLOCK_BYTES, header);
    assertEquals(encoded(piece).slice(0, WireCodec.PIECE_HEADER_BYTES), header.flip());
  }

  @Test
  void everyMessageSurvivesTheWire() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      WireMessage message = randomMessage(random);
      ByteBuffer frame = encoded(message);
      assertEquals(frame.remaining() - 4, frame.getInt(), "seed=" + seed);
      assertEquals(message, WireCodec.decode(frame), "seed=" + seed);
    }
  }

  @Test
  void randomBytesAreAMessageOrAWireException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = (byte) random.nextInt(24);
      }
      try {
        encoded(WireCodec.decode(ByteBuffer.wrap(bytes)));
      } catch (WireException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  private static WireMessage randomMessage(Random random) {
    int piece = random.nextInt(Integer.MAX_VALUE);
    int begin = random.nextInt(1 << 30);
    int length = 1 + random.nextInt(WireMessage.MAX_REQUEST_BYTES);
    byte[] bytes = new byte[1 + random.nextInt(40)];
    random.nextBytes(bytes);
    return switch (random.nextInt(18)) {
      case 0 -> new KeepAlive();
      case 1 -> new Choke();
      case 2 -> new Unchoke();
      case 3 -> new Interested();
      case 4 -> new NotInterested();
      case 5 -> new Have(piece);
      case 6 -> new Bitfield(ByteBuffer.wrap(bytes));
      case 7 -> new Request(piece, begin, length);
      case 8 -> new Piece(piece, begin, ByteBuffer.wrap(bytes));
      case 9 -> new Cancel(piece, begin, length);
      case 10 -> new Port(random.nextInt(65536));
      case 11 -> new SuggestPiece(piece);
      case 12 -> new HaveAll();
      case 13 -> new HaveNone();
      case 14 -> new RejectRequest(piece, begin, length);
      case 15 -> new AllowedFast(piece);
      case 16 -> new Extended(random.nextInt(256), ByteBuffer.wrap(bytes));
      default -> new Unknown(24 + random.nextInt(232));
    };
  }

  private static ByteBuffer encoded(WireMessage message) {
    ByteBuffer out = ByteBuffer.allocate(WireCodec.encodedLengthBytes(message));
    WireCodec.encode(message, out);
    assertEquals(0, out.remaining());
    return out.flip();
  }
}
