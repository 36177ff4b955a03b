package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;

  @TempDir private Path directory;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<Integer> batchEnds = new ArrayList<>(List.of(0));

  @Test
  void wholeLogIsLeftAsItIs() throws IOException {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 100, BLOCK_BYTES, 3 * BLOCK_BYTES + 5, 32_000, 700, 20}) {
      append(random, length);
    }
    assertKept(log.size(), log.toByteArray(), "whole");
    assertKept(0, new byte[0], "empty");
  }

  @Test
  void logIsCutAfterTheLastBatchBeforeTheDamage() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int batch = 0; batch < 40; batch++) {
      append(random, random.nextInt(random.nextBoolean() ? 300 : 3 * BLOCK_BYTES));
    }
    byte[] whole = log.toByteArray();
    for (int round = 0; round < 200; round++) {
      int damage = random.nextInt(whole.length);
      byte[] damaged =
          switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(whole, damage);
            case 1 -> zeroedFrom(whole, damage);
            case 2 -> garbageFrom(whole, damage, random);
            default -> flippedAt(whole, damage);
          };
      String where = "seed " + seed + " round " + round + " damage at " + damage;
      int kept = batchEnds.stream().filter(end -> end <= damage).reduce(0, Math::max);
      // What is damaged into what it was before is not damaged.
      assertKept(firstDifference(whole, damaged) < damaged.length ? kept : -1, damaged, where);
    }
  }

  /** The longest log of whole batches that these bytes begin with; -1 for any. */
  private void assertKept(int kept, byte[] bytes, String where) throws IOException {
    Path file = directory.resolve("000004.log");
    Files.write(file, bytes);
    long cutBytes = LogTail.cut(file);
    byte[] left = Files.readAllBytes(file);
    assertEquals(bytes.length - left.length, cutBytes, where);
    assertArrayEquals(Arrays.copyOf(bytes, left.length), left, where);
    if (kept >= 0) {
      assertEquals(kept, left.length, where);
    }
  }

  private int firstDifference(byte[] whole, byte[] damaged) {
    int at = Arrays.mismatch(whole, damaged);
    return at < 0 ? whole.length : Math.min(at, damaged.length - 1);
  }

  private static byte[] zeroedFrom(byte[] whole, int from) {
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, from, damaged.length, (byte) 0);
    return damaged;
  }

  private static byte[] garbageFrom(byte[] whole, int from, Random random) {
    byte[] damaged = whole.clone();
    for (int at = from; at < damaged.length; at++) {
      damaged[at] = (byte) (whole[at] + 1 + random.nextInt(255));
    }
    return damaged;
  }

  private static byte[] flippedAt(byte[] whole, int at) {
    byte[] damaged = whole.clone();
    damaged[at] ^= 1;
    return damaged;
  }

  /** As RocksDB's log writer lays a batch out. */
  private void append(Random random, int lengthBytes) {
    byte[] batch = new byte[lengthBytes];
    random.nextBytes(batch);
    int at = 0;
    boolean first = true;
    do {
      int room = BLOCK_BYTES - log.size() % BLOCK_BYTES;
      if (room < HEADER_BYTES) {
        log.writeBytes(new byte[room]);
        room = BLOCK_BYTES;
      }
      int length = Math.min(batch.length - at, room - HEADER_BYTES);
      boolean last = at + length == batch.length;
      record(first ? (last ? 1 : 2) : (last ? 4 : 3), Arrays.copyOfRange(batch, at, at + length));
      at += length;
      first = false;
    } while (at < batch.length);
    batchEnds.add(log.size());
  }

  private void record(int type, byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(type);
    crc.update(data);
    int value = (int) crc.getValue();
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(((value >>> 15) | (value << 17)) + 0xa282ead8);
    header.putShort((short) data.length).put((byte) type);
    log.writeBytes(header.array());
    log.writeBytes(data);
  }
}
