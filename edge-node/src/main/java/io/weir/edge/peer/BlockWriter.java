package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.weir.protocol.wire.WireCodec;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts blocks on a channel as header and slice, nothing copied, and bounds what waits there: bytes
 * by the channel's watermarks, and pieces, since a slice of 16 KiB keeps a whole piece in memory.
 * Confined to the channel's event loop.
 */
final class BlockWriter {
  /**
   * Distinct pieces that one peer's unsent blocks may keep in memory before another is looked up;
   * those that were being read at that moment come on top.
   */
  static final int MAX_PIECES = 8;

  private final Channel channel;
  private final PeerMetrics metrics;
  private final Runnable onDrained;
  private final Set<Integer> pieces = new HashSet<>();
  private boolean draining;

  /**
   * A writer for one channel.
   *
   * @param onDrained queued on the event loop when blocks of further pieces may be written again
   */
  BlockWriter(Channel channel, PeerMetrics metrics, Runnable onDrained) {
    this.channel = channel;
    this.metrics = metrics;
    this.onDrained = onDrained;
  }

  /**
   * Whether a block of this piece may be written now. If not, the channel becoming writable or
   * {@code onDrained} says when to ask again.
   */
  boolean mayWrite(int piece) {
    if (!channel.isWritable() || draining) {
      return false;
    }
    if (pieces.size() < MAX_PIECES || pieces.contains(piece)) {
      return true;
    }
    drain();
    return false;
  }

  /** Whether a block of a piece that is already here may be written now. */
  boolean isWritable() {
    return channel.isWritable();
  }

  /**
   * Queues a block of this piece; borrows for the call. A flush by the caller sends it. What the
   * block has beyond the piece is zeros.
   */
  void write(Block block, ByteBuf piece) {
    pieces.add(block.piece());
    ByteBuf header = channel.alloc().ioBuffer(WireCodec.PIECE_HEADER_BYTES);
    WireCodec.encodePieceHeader(
        block.piece(),
        block.begin(),
        block.lengthBytes(),
        header.internalNioBuffer(0, WireCodec.PIECE_HEADER_BYTES));
    header.writerIndex(WireCodec.PIECE_HEADER_BYTES);
    var unused = channel.write(header, channel.voidPromise());
    channel
        .write(bytes(block, piece))
        .addListener(
            (ChannelFuture sent) -> {
              if (sent.isSuccess()) {
                metrics.blocks.increment();
                metrics.uploadedBytes.add(block.lengthBytes());
              }
            });
  }

  private ByteBuf bytes(Block block, ByteBuf piece) {
    int there = Math.max(0, Math.min(block.lengthBytes(), piece.readableBytes() - block.begin()));
    ByteBuf slice =
        there == 0
            ? Unpooled.EMPTY_BUFFER
            : piece.retainedSlice(piece.readerIndex() + block.begin(), there);
    int gap = block.lengthBytes() - there;
    return gap == 0
        ? slice
        : Unpooled.wrappedBuffer(slice, channel.alloc().buffer(gap).writeZero(gap));
  }

  /** Does this on the event loop when everything written so far has left, or never will. */
  void afterLast(Runnable then) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> then.run());
  }

  private void drain() {
    draining = true;
    // An empty write completes once all before it has left.
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            sent -> {
              draining = false;
              pieces.clear();
              if (sent.isSuccess()) {
                channel.eventLoop().execute(onDrained);
              }
            });
  }
}
