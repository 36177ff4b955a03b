package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/**
 * A piece as the rows that it is made of: bytes go between native memory and RocksDB without a copy
 * on the heap, and so do the keys of parts, as RocksDB asks. Any thread.
 */
final class PieceParts {
  private final RocksTables tables;
  private final ByteBufAllocator allocator;

  PieceParts(RocksTables tables, ByteBufAllocator allocator) {
    this.tables = tables;
    this.allocator = allocator;
  }

  /** Where a piece lies, null when it is not stored. */
  @Nullable Placed placed(long ordinal, int piece) throws RocksDBException {
    byte[] value = tables.db.get(tables.have, tables.verified, StoreKeys.have(ordinal, piece));
    return value == null ? null : StoreKeys.placed(value);
  }

  /** Where every stored piece of a version lies. */
  List<Placed> placed(long ordinal) throws RocksDBException {
    List<Placed> found = new ArrayList<>();
    try (RocksIterator rows = tables.db.newIterator(tables.have)) {
      for (rows.seek(StoreKeys.head(ordinal));
          rows.isValid() && ByteBuffer.wrap(rows.key()).getLong() == ordinal;
          rows.next()) {
        found.add(StoreKeys.placed(rows.value()));
      }
      rows.status();
    }
    return found;
  }

  /** Reads a piece whole; returns owned. */
  ByteBuf read(Placed placed) throws RocksDBException {
    int lengthBytes = placed.lengthBytes();
    ByteBuf bytes = allocator.directBuffer(lengthBytes, lengthBytes);
    boolean complete = false;
    try {
      readInto(bytes, placed);
      complete = true;
      return bytes.writerIndex(lengthBytes);
    } finally {
      if (!complete) {
        bytes.release();
      }
    }
  }

  private void readInto(ByteBuf bytes, Placed placed) throws RocksDBException {
    int lengthBytes = placed.lengthBytes();
    ByteBuf keyBytes = allocator.directBuffer(StoreKeys.PART_KEY_BYTES);
    try {
      for (int part = 0; part < StoreKeys.parts(lengthBytes); part++) {
        int offset = part * StoreKeys.PART_BYTES;
        int expected = Math.min(StoreKeys.PART_BYTES, lengthBytes - offset);
        ByteBuffer key = key(keyBytes, placed.place(), part);
        ByteBuffer value = bytes.nioBuffer(offset, expected);
        if (tables.db.get(tables.pieces, tables.verified, key, value) != expected) {
          String text = "part " + part + " is missing or has another length";
          throw new RocksDBException(
              text, new Status(Status.Code.NotFound, Status.SubCode.None, text));
        }
      }
    } finally {
      keyBytes.release();
    }
  }

  /** Adds a piece's rows to a batch, which copies them; borrows for the call. */
  void put(WriteBatch batch, long place, long ordinal, int piece, ByteBuf bytes)
      throws RocksDBException {
    ByteBuf keyBytes = allocator.directBuffer(StoreKeys.PART_KEY_BYTES);
    ByteBuf direct = bytes.isDirect() ? bytes.retain() : directCopy(bytes);
    try {
      int lengthBytes = direct.readableBytes();
      for (int part = 0; part < StoreKeys.parts(lengthBytes); part++) {
        int offset = part * StoreKeys.PART_BYTES;
        int partBytes = Math.min(StoreKeys.PART_BYTES, lengthBytes - offset);
        ByteBuffer value = direct.nioBuffer(direct.readerIndex() + offset, partBytes);
        batch.put(tables.pieces, key(keyBytes, place, part), value);
      }
    } finally {
      direct.release();
      keyBytes.release();
    }
    byte[] name = StoreKeys.have(ordinal, piece);
    batch.put(tables.segments, StoreKeys.place(place), name);
    batch.put(tables.have, name, StoreKeys.haveValue(new Placed(place, bytes.readableBytes())));
  }

  /** Adds the deletion of a piece to a batch; its parts stay until their whole file goes. */
  void delete(WriteBatch batch, long ordinal, int piece) throws RocksDBException {
    batch.delete(tables.have, StoreKeys.have(ordinal, piece));
  }

  private static ByteBuffer key(ByteBuf keyBytes, long place, int part) {
    ByteBuffer key = keyBytes.nioBuffer(0, StoreKeys.PART_KEY_BYTES);
    StoreKeys.putPart(key, place, part);
    return key.flip();
  }

  private ByteBuf directCopy(ByteBuf bytes) {
    int lengthBytes = bytes.readableBytes();
    return allocator
        .directBuffer(lengthBytes, lengthBytes)
        .writeBytes(bytes, bytes.readerIndex(), lengthBytes);
  }
}
