package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.weir.edge.piece.Parts;
import java.util.function.Supplier;

/**
 * Has a channel read into whatever buffer its handler has room in, so that bytes go from the socket
 * to where they stay. For one channel.
 */
final class ChosenBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
  private final Supplier<ByteBuf> room;

  /**
   * Reads into these.
   *
   * @param room returns owned: the channel releases it, or hands it to its handler, where it may
   *     still have bytes of earlier reads before those of this one
   */
  ChosenBuffers(Supplier<ByteBuf> room) {
    this.room = room;
  }

  @Override
  public ExtendedHandle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return Parts.BYTES;
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return room.get();
      }
    };
  }
}
