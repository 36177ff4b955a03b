package io.weir.loadtest.rig.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.function.IntSupplier;

/** Has a channel read no more at a time than its window has room for. For one channel. */
final class WindowedReads extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int MAX_BYTES = 64 << 10;

  private final IntSupplier roomBytes;

  /** Given the room, which is some whenever the channel reads. */
  WindowedReads(IntSupplier roomBytes) {
    super(1);
    this.roomBytes = roomBytes;
  }

  @Override
  public ExtendedHandle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return Math.min(MAX_BYTES, roomBytes.getAsInt());
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return allocator.directBuffer(guess());
      }
    };
  }
}
