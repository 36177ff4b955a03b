package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final InfoHash HASH = InfoHash.fromHex("aa".repeat(20));
  private static final byte[] PEER = "-WR0010-abcdefghijkl".getBytes(StandardCharsets.US_ASCII);
  private static final String START = "13 426974546f7272656e742070726f746f636f6c ";
  private static final String REST = "aa".repeat(20) + "2d5752303031302d6162636465666768696a6b6c";

  /** BEP 3: 19, the protocol's name, 8 reserved bytes, info-hash, peer id; bits of BEP 6 and 10. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000,false,false",
    "0000000000000004,true,false",
    "0000000000100000,false,true",
    "0000000000100004,true,true"
  })
  void goldenBytes(String reserved, boolean fast, boolean extended) throws Exception {
    ByteBuffer golden = Bytes.hex(START + reserved + REST);
    Handshake handshake = new Handshake(HASH, PEER, fast, extended);
    ByteBuffer out = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    handshake.encode(out);
    assertEquals(golden, out.flip());
    assertEquals(handshake, Handshake.decode(golden));
    assertFalse(golden.hasRemaining());
  }

  @Test
  void otherReservedBitsAreIgnored() throws Exception {
    Handshake read = Handshake.decode(Bytes.hex(START + "ffffffffffefffeb" + REST));
    assertEquals(new Handshake(HASH, PEER, false, false), read);
    assertArrayEquals(PEER, read.peerId());
  }

  @Test
  void everyPrefixCanBegin() {
    ByteBuffer whole = Bytes.hex(START + "0000000000000000" + REST);
    for (int length = 0; length <= Handshake.LENGTH_BYTES; length++) {
      ByteBuffer prefix = whole.slice(0, length);
      assertTrue(Handshake.canBegin(prefix), "length " + length);
      assertEquals(0, prefix.position());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET / HTTP/1.1\r\n",
        "\u0016\u0003\u0001",
        "\u0000",
        "\u0013bit",
        "\u0013BitTorrent protocoL",
        "\u0014BitTorrent protocol",
        "\u00ff\u00fe"
      })
  void otherOpeningsAreKnownByTheirFirstBytes(String opening) {
    assertFalse(Handshake.canBegin(Bytes.ascii(opening)));
    assertThrows(WireException.class, () -> Handshake.decode(Bytes.ascii(opening)));
  }

  @Test
  void otherProtocolIsNamedWithoutControlCharacters() {
    WireException e =
        assertThrows(
            WireException.class,
            () -> Handshake.decode(Bytes.ascii("GET /a\r\n\u00e9 HTTP/1.1 x")));
    assertEquals("handshake: other protocol, opens with 'GET /a... HTTP/1.1 x'", e.getMessage());
  }

  @Test
  void shortHandshakeIsRefused() {
    WireException e =
        assertThrows(WireException.class, () -> Handshake.decode(Bytes.hex(START + "00")));
    assertEquals("handshake: 21 bytes, not 68", e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new Handshake(HASH, new byte[19], true, true));
  }

  @Test
  void peerIdNamesClientAndVersionThenIsRandom() {
    byte[] first = PeerId.generate(new Random(1));
    byte[] second = PeerId.generate(new Random(2));
    assertEquals(PeerId.LENGTH_BYTES, first.length);
    assertEquals("-WR0010-", new String(first, 0, 8, StandardCharsets.US_ASCII));
    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(first, PeerId.generate(new Random(1)));
  }
}
