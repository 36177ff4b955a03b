package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.edge.piece.Parts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;

/** Reads parts of pieces and verifies their checksums. Any thread. */
final class PartReader {
  private final SegmentFolder folder;
  private final ByteBufAllocator allocator;

  PartReader(SegmentFolder folder, ByteBufAllocator allocator) {
    this.folder = folder;
    this.allocator = allocator;
  }

  /** Reads a part; returns owned. */
  ByteBuf read(HaveMap.HeldPart held, int part) throws IOException {
    Placed placed = held.placed();
    SegmentFile file = folder.get(placed.segment());
    if (file == null) {
      throw new NoSuchFileException("segment " + placed.segment());
    }
    try {
      int partBytes = Parts.lengthBytes(part, placed.lengthBytes());
      ByteBuf bytes = allocator.directBuffer(partBytes, partBytes);
      boolean isRight = false;
      try {
        file.read((long) placed.offsetBytes() + Parts.offsetBytes(part), bytes);
        if (checksum(bytes) != held.checksum()) {
          throw new ChecksumException("part " + part + " has another checksum");
        }
        isRight = true;
        return bytes;
      } finally {
        if (!isRight) {
          bytes.release();
        }
      }
    } finally {
      file.release();
    }
  }

  /** CRC-32C of a part; borrows for the call. */
  static int checksum(ByteBuf part) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer bytes : part.nioBuffers()) {
      crc.update(bytes);
    }
    return (int) crc.getValue();
  }
}
