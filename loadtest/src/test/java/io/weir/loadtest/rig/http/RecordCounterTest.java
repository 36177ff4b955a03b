package io.weir.loadtest.rig.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** Records as RFC 8446, section 5.2, lays them out. */
class RecordCounterTest {
  private final RecordCounter counter = new RecordCounter(17);

  @Test
  void plaintextIsCountedRecordByRecord() {
    ByteBuf bytes = Unpooled.buffer();
    record(bytes, 23, 100 + 17);
    record(bytes, 23, 16_384 + 17);
    counter.count(bytes);
    assertEquals(16_484, counter.plainBytes());
    assertTrue(counter.isBetweenRecords());
  }

  @Test
  void aRecordCountsWhenItIsWhole() {
    ByteBuf bytes = Unpooled.buffer();
    record(bytes, 23, 100 + 17);
    while (bytes.readableBytes() > 1) {
      counter.count(bytes.readSlice(1));
      assertEquals(0, counter.plainBytes());
      assertFalse(counter.isBetweenRecords());
    }
    counter.count(bytes);
    assertEquals(100, counter.plainBytes());
  }

  @Test
  void whatIsNoRecordOfAnAnswerIsRefused() {
    ByteBuf alert = Unpooled.buffer();
    record(alert, 21, 19);
    assertThrows(IllegalArgumentException.class, () -> counter.count(alert));
    ByteBuf tooShort = Unpooled.buffer();
    record(tooShort, 23, 16);
    assertThrows(IllegalArgumentException.class, () -> new RecordCounter(17).count(tooShort));
  }

  private static void record(ByteBuf out, int type, int length) {
    out.writeByte(type).writeShort(0x0303).writeShort(length).writeZero(length);
  }
}
