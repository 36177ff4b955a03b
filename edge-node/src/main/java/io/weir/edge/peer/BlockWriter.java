package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.weir.protocol.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * Puts blocks on a channel as header and slice, nothing copied, and bounds what waits there: {@link
 * #TURN_BYTES}, and pieces, since a slice of 16 KiB keeps a whole piece in memory. While the memory
 * that all peers' unsent blocks keep is above its budget, one block at a time, copied, so that it
 * keeps no more than itself.
 *
 * <p>Blocks leave in batches, and one empty write behind a batch tells when all of it has left: a
 * block costs a slice and its places in the channel's queue, and nothing else. Confined to the
 * channel's event loop.
 */
final class BlockWriter {
  /**
   * What one peer's unsent blocks may come to before another is written, and so what it is sent in
   * its turn. With a quarter of it a byte cost a fifth more processor time at 200 peers.
   */
  static final int TURN_BYTES = 1 << 20;

  /**
   * Distinct parts that one peer's unsent blocks may keep in memory before another is looked up;
   * those that were being read at that moment come on top.
   */
  static final int MAX_PARTS = 64;

  /** Headers in one buffer: as many as a turn of usual blocks has. */
  private static final int HEADERS_BYTES =
      TURN_BYTES / WireCodec.BLOCK_BYTES * WireCodec.PIECE_HEADER_BYTES;

  private final Channel channel;
  private final SendBudget budget;
  private final PeerMetrics metrics;
  private final Runnable onSent;
  private @Nullable SentBatch batch;
  private @Nullable ByteBuf headers;
  private int unsentBytes;
  private int unsentParts;

  /**
   * A writer for one channel.
   *
   * @param onSent called when a batch has left
   */
  BlockWriter(Channel channel, SendBudget budget, PeerMetrics metrics, Runnable onSent) {
    this.channel = channel;
    this.budget = budget;
    this.metrics = metrics;
    this.onSent = onSent;
  }

  /** Whether blocks that were sent have not left yet. */
  boolean hasUnsent() {
    return unsentBytes > 0;
  }

  /** Whether a block of a part that is already here may be written now. */
  boolean mayWrite() {
    boolean room = budget.hasRoom() ? unsentBytes < TURN_BYTES : unsentBytes == 0;
    return room && channel.isWritable();
  }

  /** Whether a block of this part may be looked up and written now. */
  boolean mayWrite(int number) {
    boolean kept = unsentParts < MAX_PARTS || (batch != null && batch.keeps(number));
    return kept && mayWrite();
  }

  /**
   * Queues a block; borrows for the call. What the block has beyond the bytes given is zeros.
   * {@link #send} sends it.
   *
   * @param begin of the block within the piece
   * @param number of the part that the bytes begin with
   * @param bytes of the piece
   * @param offsetBytes where in the piece they begin
   */
  void write(int piece, int begin, int lengthBytes, int number, ByteBuf bytes, int offsetBytes) {
    if (batch == null) {
      batch = new SentBatch();
    }
    if (budget.hasRoom()) {
      if (batch.keep(number, bytes.readableBytes())) {
        unsentParts++;
      }
      queue(header(piece, begin, lengthBytes));
      queue(slice(begin - offsetBytes, lengthBytes, bytes));
    } else {
      batch.copied(lengthBytes);
      queue(copy(piece, begin, lengthBytes, bytes, begin - offsetBytes));
    }
    batch.add(lengthBytes);
    unsentBytes += lengthBytes;
  }

  private void queue(ByteBuf owned) {
    var unused = channel.write(owned, channel.voidPromise());
  }

  /** Returns owned. */
  private ByteBuf header(int piece, int begin, int lengthBytes) {
    if (headers == null || !headers.isWritable(WireCodec.PIECE_HEADER_BYTES)) {
      releaseHeaders();
      headers = channel.alloc().ioBuffer(HEADERS_BYTES, HEADERS_BYTES);
    }
    int start = headers.writerIndex();
    putHeader(piece, begin, lengthBytes, headers);
    return headers.retainedSlice(start, WireCodec.PIECE_HEADER_BYTES);
  }

  private static void putHeader(int piece, int begin, int lengthBytes, ByteBuf out) {
    int start = out.writerIndex();
    WireCodec.encodePieceHeader(
        piece, begin, lengthBytes, out.internalNioBuffer(start, WireCodec.PIECE_HEADER_BYTES));
    out.writerIndex(start + WireCodec.PIECE_HEADER_BYTES);
  }

  /** Borrows the bytes, returns owned. */
  private ByteBuf slice(int from, int lengthBytes, ByteBuf bytes) {
    int there = there(from, lengthBytes, bytes);
    ByteBuf slice =
        there == 0 ? Unpooled.EMPTY_BUFFER : bytes.retainedSlice(bytes.readerIndex() + from, there);
    int gap = lengthBytes - there;
    return gap == 0
        ? slice
        : Unpooled.wrappedBuffer(slice, channel.alloc().buffer(gap).writeZero(gap));
  }

  /** With its header; borrows the bytes, returns owned. */
  private ByteBuf copy(int piece, int begin, int lengthBytes, ByteBuf bytes, int from) {
    int there = there(from, lengthBytes, bytes);
    ByteBuf copy = channel.alloc().ioBuffer(WireCodec.PIECE_HEADER_BYTES + lengthBytes);
    putHeader(piece, begin, lengthBytes, copy);
    if (there > 0) {
      copy.writeBytes(bytes, bytes.readerIndex() + from, there);
    }
    return copy.writeZero(lengthBytes - there);
  }

  private static int there(int from, int lengthBytes, ByteBuf bytes) {
    return Math.max(0, Math.min(lengthBytes, bytes.readableBytes() - from));
  }

  /** Sends what is queued, blocks or not. */
  void send() {
    SentBatch ends = batch;
    if (ends == null) {
      channel.flush();
      return;
    }
    batch = null;
    releaseHeaders();
    var sent = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (!sent.isDone()) {
      // Only then, as what leaves at once keeps nothing.
      ends.charge(budget);
    }
    sent.addListener(done -> onLeft(ends, done.isSuccess()));
  }

  private void onLeft(SentBatch left, boolean sent) {
    unsentBytes -= left.blockBytes();
    unsentParts -= left.partCount();
    left.discharge();
    if (sent) {
      metrics.blocks.add(left.blocks());
      metrics.uploadedBytes.add(left.blockBytes());
      onSent.run();
    }
  }

  /** Does this on the event loop when everything written so far has left, or never will. */
  void afterLast(Runnable then) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> then.run());
  }

  private void releaseHeaders() {
    if (headers != null) {
      headers.release();
      headers = null;
    }
  }

  /** Forgets what was not sent; the channel is closed. */
  void close() {
    releaseHeaders();
    batch = null;
  }
}
