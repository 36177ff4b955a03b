package io.weir.edge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The end of one of RocksDB's logs (write-ahead log or manifest) as a crash left it: cut, torn,
 * zeros, or whatever the disk's blocks held before. RocksDB's reader finds most of that by itself,
 * but over some bytes it runs in a circle for ever (seen with 11.8.1), and then the process never
 * starts. So it is given whole records only.
 *
 * <p>A log is blocks of 32 KiB. A record is a header (CRC-32C of type and data, rotated and offset;
 * length, 2 bytes; type, 1 byte; all little-endian) and its data, and lies in one block, whose last
 * bytes are zeros where no header fits. A batch is one full record, or a first one, middle ones and
 * a last one.
 */
final class LogTail {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;
  private static final int TYPE_OFFSET = 6;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;
  private static final int CRC_ROTATION = 15;
  private static final int CRC_OFFSET = 0xa282ead8;

  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private boolean inBatch;
  private boolean broken;

  private LogTail() {}

  /** Cuts everything from the first batch on that is not whole; how many bytes that were. */
  static long cut(Path log) throws IOException {
    try (FileChannel file =
        FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long lengthBytes = file.size();
      long wholeBytes = new LogTail().wholeBytes(file);
      if (wholeBytes < lengthBytes) {
        file.truncate(wholeBytes);
        file.force(true);
      }
      return lengthBytes - wholeBytes;
    }
  }

  private long wholeBytes(FileChannel file) throws IOException {
    long wholeBytes = 0;
    for (long at = 0; !broken; at += BLOCK_BYTES) {
      block.clear();
      while (block.hasRemaining() && file.read(block, at + block.position()) >= 0) {}
      block.flip();
      if (!block.hasRemaining()) {
        break;
      }
      int whole = wholeBytesOfBlock();
      wholeBytes = whole < 0 ? wholeBytes : at + whole;
    }
    return wholeBytes;
  }

  /** The end of the last batch that ends in this block, -1 when none does. */
  private int wholeBytesOfBlock() {
    int whole = -1;
    int at = 0;
    while (!broken && at + HEADER_BYTES <= block.limit()) {
      int dataBytes = Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
      int type = block.get(at + TYPE_OFFSET);
      int end = at + HEADER_BYTES + dataBytes;
      if (!follows(type) || end > block.limit() || block.getInt(at) != checksum(at, dataBytes)) {
        broken = true;
      } else {
        inBatch = type == FIRST || type == MIDDLE;
        whole = inBatch ? whole : end;
        at = end;
      }
    }
    broken |= block.limit() < BLOCK_BYTES;
    return whole;
  }

  private boolean follows(int type) {
    return inBatch ? type == MIDDLE || type == LAST : type == FULL || type == FIRST;
  }

  private int checksum(int at, int dataBytes) {
    CRC32C crc = new CRC32C();
    crc.update(block.array(), at + TYPE_OFFSET, 1 + dataBytes);
    return Integer.rotateRight((int) crc.getValue(), CRC_ROTATION) + CRC_OFFSET;
  }
}
