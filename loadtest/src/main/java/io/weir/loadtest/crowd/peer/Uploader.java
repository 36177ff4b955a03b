package io.weir.loadtest.crowd.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.weir.protocol.wire.WireCodec;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers one remote's requests from the peer's file: one batch is read at a time, and only while
 * the socket takes more, so that a remote that does not read holds no more than two batches.
 * Confined to its peer's event loop.
 */
final class Uploader {
  /** Blocks read from disk and written to the socket at once. */
  static final int BATCH_BYTES = 128 * 1024;

  private final Channel channel;
  private final PieceFile file;
  private final PeerTraffic traffic;
  private final Consumer<Throwable> onDiskFailure;
  private final UploadQueue queue = new UploadQueue();
  private boolean reading;
  private int unsentBatches;

  Uploader(
      Channel channel, PieceFile file, PeerTraffic traffic, Consumer<Throwable> onDiskFailure) {
    this.channel = channel;
    this.file = file;
    this.traffic = traffic;
    this.onDiskFailure = onDiskFailure;
  }

  /** Queues a request for a piece that the peer has; false if too many are waiting. */
  boolean offer(BlockRequest request) {
    return queue.offer(request);
  }

  /** Takes a request back; false if it is being answered. */
  boolean cancel(BlockRequest request) {
    return queue.cancel(request);
  }

  boolean isIdle() {
    return queue.isEmpty() && !reading && unsentBatches == 0;
  }

  /** Starts on the next batch, if there is one and the socket takes it. */
  @SuppressWarnings("FutureReturnValueIgnored") // every ending is handled in onRead
  void serve() {
    if (reading || queue.isEmpty() || !channel.isWritable()) {
      return;
    }
    reading = true;
    List<BlockRequest> batch = queue.nextBatch(BATCH_BYTES);
    file.readMessages(batch, channel.alloc())
        .whenCompleteAsync(
            (messages, failure) -> onRead(batch, messages, failure), channel.eventLoop());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of its end
  private void onRead(
      List<BlockRequest> batch, @Nullable ByteBuf messages, @Nullable Throwable failure) {
    reading = false;
    if (messages == null) {
      onDiskFailure.accept(failure);
      return;
    }
    long blockBytes = messages.readableBytes() - (long) batch.size() * WireCodec.PIECE_HEADER_BYTES;
    unsentBatches++;
    // Counted first, so that no remote holds a block that is not counted yet.
    traffic.onSent(blockBytes);
    channel
        .writeAndFlush(messages)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  unsentBatches--;
                  if (!written.isSuccess()) {
                    traffic.onSent(-blockBytes);
                  }
                });
    serve();
  }
}
