package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataMessageTest {
  /** BEP 9: its examples of request and reject; data with a total that the data fills. */
  @Test
  void goldenBytes() throws Exception {
    assertGolden("d8:msg_typei0e5:piecei0ee", new MetadataMessage.Request(0));
    assertGolden("d8:msg_typei2e5:piecei0ee", new MetadataMessage.Reject(0));
    assertGolden(
        "d8:msg_typei1e5:piecei0e10:total_sizei8eexxxxxxxx",
        new MetadataMessage.Data(0, 8, Bytes.ascii("xxxxxxxx")));
    assertGolden("d8:msg_typei3ee", new MetadataMessage.Unknown(3));
  }

  @Test
  void keysMayComeInAnyOrder() throws Exception {
    assertEquals(
        new MetadataMessage.Data(0, 1, Bytes.ascii("z")),
        MetadataMessage.decode(Bytes.ascii("d10:total_sizei1e8:msg_typei1e5:piecei0eez")));
  }

  @Test
  void dataIsAView() throws Exception {
    ByteBuffer payload = Bytes.ascii("##d8:msg_typei1e5:piecei0e10:total_sizei1eez").position(2);
    MetadataMessage.Data data = (MetadataMessage.Data) MetadataMessage.decode(payload);
    payload.put(payload.limit() - 1, (byte) 'y');
    assertEquals('y', data.data().get(0));
    assertEquals(2, payload.position());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|input ends inside a value at byte 0",
        "le|value has the wrong type at byte 0",
        "de|msg_type: key is missing",
        "d8:msg_type1:0e|msg_type: value has the wrong type",
        "d8:msg_typei0ee|piece: key is missing",
        "d8:msg_typei0e5:piecei-1ee|piece: integer is out of range",
        "d8:msg_typei2e5:piecei2147483648ee|piece: integer is out of range",
        "d8:msg_typei1e5:piecei0ee|total_size: key is missing",
        "d8:msg_typei1e5:piecei0e10:total_sizei-1ee|total_size: integer is out of range",
        "d8:msg_typei1e5:piecei0e10:total_sizei0ee|total_size: 0 is out of range",
        "d8:msg_typei1e5:piecei0e10:total_sizei10485761ee|total_size: 10485761 is out of range",
        "d8:msg_typei1e5:piecei0e10:total_sizei2eex|data: 1 bytes for block 0 of 2",
        "d8:msg_typei1e5:piecei0e10:total_sizei2eexxx|data: 3 bytes for block 0 of 2",
        "d8:msg_typei1e5:piecei1e10:total_sizei2ee|data: 0 bytes for block 1 of 2",
        "d8:msg_typei1e5:piecei2147483647e10:total_sizei2ee|data: 0 bytes for block 2147483647 of 2",
        "d8:msg_typei1e5:piecei0e10:total_sizei99999eex|data: 1 bytes for block 0 of 99999",
      })
  void malformedMessageIsRefusedByName(String payload, String fault) {
    WireException e =
        assertThrows(WireException.class, () -> MetadataMessage.decode(Bytes.ascii(payload)));
    assertEquals("ut_metadata: " + fault, e.getMessage());
  }

  @Test
  void everyBlockSurvivesTheWire() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      int total = 1 + random.nextInt(4 * MetadataMessage.BLOCK_BYTES);
      int block = random.nextInt((total - 1) / MetadataMessage.BLOCK_BYTES + 1);
      byte[] data =
          new byte
              [Math.min(MetadataMessage.BLOCK_BYTES, total - block * MetadataMessage.BLOCK_BYTES)];
      random.nextBytes(data);
      MetadataMessage message = new MetadataMessage.Data(block, total, ByteBuffer.wrap(data));
      assertEquals(
          message, MetadataMessage.decode(ByteBuffer.wrap(message.encode())), "seed=" + seed);
    }
  }

  @Test
  void damagedMessageIsReadOrAWireException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = Bytes.ascii("d8:msg_typei1e5:piecei0e10:total_sizei3eexyz").array();
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      damaged[random.nextInt(damaged.length)] =
          (byte) "dlei0123456789:-".charAt(random.nextInt(16));
      try {
        MetadataMessage.decode(ByteBuffer.wrap(damaged, 0, random.nextInt(damaged.length + 1)));
      } catch (WireException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  private static void assertGolden(String golden, MetadataMessage message) throws Exception {
    assertEquals(message, MetadataMessage.decode(Bytes.ascii(golden)));
    assertEquals(Bytes.ascii(golden), ByteBuffer.wrap(message.encode()));
  }
}
