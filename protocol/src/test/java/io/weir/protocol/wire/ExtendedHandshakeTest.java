package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedHandshakeTest {
  private static final ExtendedHandshake EMPTY =
      new ExtendedHandshake(Map.of(), null, null, false, null, null, null);

  /**
   * BEP 10's example: {@code {'m': {'LT_metadata': 1, 'µT_PEX': 2}, 'p': 6881, 'v': 'µTorrent
   * 1.2'}}.
   */
  @Test
  void goldenBytes() throws Exception {
    ByteBuffer golden =
        Bytes.ascii(
            "d1:md11:LT_metadatai1e7:\u00c2\u00b5T_PEXi2ee1:pi6881e1:v13:\u00c2\u00b5Torrent 1.2e");
    ExtendedHandshake handshake =
        new ExtendedHandshake(
            Map.of("LT_metadata", 1, "µT_PEX", 2), null, null, false, null, "µTorrent 1.2", 6881);
    assertEquals(handshake, ExtendedHandshake.decode(golden));
    assertEquals(golden, ByteBuffer.wrap(handshake.encode()));
  }

  @Test
  void everyKeyIsRead() throws Exception {
    assertEquals(
        new ExtendedHandshake(
            Map.of("ut_metadata", 3), 31235, 500, true, new byte[] {10, 0, 0, 7}, "x", 1),
        ExtendedHandshake.decode(
            Bytes.ascii(
                "d1:md11:ut_metadatai3e6:ut_pexi0ee13:metadata_sizei31235e1:pi1e4:reqqi500e"
                    + "11:upload_onlyi1e1:v1:x6:yourip4:\n\u0000\u0000\u0007e")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "de",
        "d1:mdee",
        "d1:md6:ut_pexi0eee",
        "d1:md2:\u00ff\u00fei9eee",
        "d13:metadata_sizei0ee",
        "d4:reqqi0ee",
        "d4:reqqi-5ee",
        "d4:reqqi9999999999ee",
        "d4:reqq3:500e",
        "d1:pi0ee",
        "d1:pi65536ee",
        "d1:p4:6881e",
        "d11:upload_onlyi0ee",
        "d6:yourip5:abcdee",
        "d6:youripi1ee",
        "d1:vi1ee",
        "d7:unknownld1:aleee1:pi0ee",
        "d4:reqqi0e1:pi0ee"
      })
  void senselessOptionsAreDropped(String dictionary) throws Exception {
    assertEquals(EMPTY, ExtendedHandshake.decode(Bytes.ascii(dictionary)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|input ends inside a value at byte 0",
        "le|value has the wrong type at byte 0",
        "i1e|value has the wrong type at byte 0",
        "d1:m|input ends inside a value at byte 4",
        "dexx|bytes follow the value at byte 2",
        "d1:mlee|m: value has the wrong type",
        "d1:md6:ut_pexi256eee|ut_pex: integer is out of range",
        "d1:md6:ut_pexi-1eee|ut_pex: integer is out of range",
        "d1:md6:ut_pex1:1ee|ut_pex: value has the wrong type",
        "d13:metadata_sizei-1ee|metadata_size: integer is out of range",
        "d13:metadata_sizei10485761ee|metadata_size: integer is out of range",
        "d13:metadata_size1:1e|metadata_size: value has the wrong type",
        "d1:pi1e1:pi2ee|dictionary key occurs twice at byte 7",
        "d1:vlllllllllleeeeeeeeeee|nested too deep at byte 11",
        "d1:v9999:|string too long at byte 4",
      })
  void malformedHandshakeIsRefusedByName(String dictionary, String fault) {
    WireException e =
        assertThrows(WireException.class, () -> ExtendedHandshake.decode(Bytes.ascii(dictionary)));
    assertEquals("extended handshake: " + fault, e.getMessage());
  }

  @Test
  void extensionsAreBounded() throws Exception {
    ByteBuffer most = ByteBuffer.wrap(withExtensions(ExtendedHandshake.MAX_EXTENSIONS).encode());
    assertEquals(64, ExtendedHandshake.decode(most).messageIds().size());
    ByteBuffer more = ByteBuffer.wrap(withExtensions(65).encode());
    WireException e = assertThrows(WireException.class, () -> ExtendedHandshake.decode(more));
    assertEquals("extended handshake: m: more than 64 extensions", e.getMessage());
  }

  @Test
  void clientNameIsCutAndNeedNotBeUtf8() throws Exception {
    assertEquals("\ufffd", ExtendedHandshake.decode(Bytes.ascii("d1:v1:\u00ffe")).client());
    assertEquals(
        "x".repeat(ExtendedHandshake.MAX_CLIENT_CHARS),
        ExtendedHandshake.decode(Bytes.ascii("d1:v200:" + "x".repeat(200) + "e")).client());
  }

  @Test
  void everyHandshakeSurvivesTheWire() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      ExtendedHandshake handshake =
          new ExtendedHandshake(
              withExtensions(random.nextInt(5)).messageIds(),
              random.nextBoolean() ? null : 1 + random.nextInt(10 << 20),
              random.nextBoolean() ? null : 1 + random.nextInt(5_000),
              random.nextBoolean(),
              random.nextBoolean() ? null : address,
              random.nextBoolean() ? null : "Weir " + random.nextInt(),
              random.nextBoolean() ? null : 1 + random.nextInt(65535));
      assertEquals(
          handshake, ExtendedHandshake.decode(ByteBuffer.wrap(handshake.encode())), "seed=" + seed);
    }
  }

  @Test
  void damagedHandshakeIsReadOrAWireException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = withExtensions(3).encode();
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = whole.clone();
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        damaged[random.nextInt(damaged.length)] =
            (byte) "dlei0123456789:-\u00ffx".charAt(random.nextInt(18));
      }
      try {
        ExtendedHandshake.decode(ByteBuffer.wrap(damaged, 0, random.nextInt(damaged.length + 1)));
      } catch (WireException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  private static ExtendedHandshake withExtensions(int count) {
    Map<String, Integer> ids =
        IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "x_" + i, i -> i + 1));
    return new ExtendedHandshake(ids, 100, 500, true, new byte[4], "client", 6881);
  }
}
