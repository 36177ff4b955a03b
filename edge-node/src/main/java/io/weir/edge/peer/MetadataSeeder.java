package io.weir.edge.peer;

import io.weir.protocol.wire.MetadataMessage;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Gives one peer the info dictionary block by block (BEP 9), twice over at once and then slowly: a
 * request is some thirty bytes and its answer 16 KiB. Confined to one thread.
 */
final class MetadataSeeder {
  static final int BLOCKS_PER_SECOND = 4;

  private final ByteBuffer info;
  private final int blocks;
  private final TokenBucket budget;

  /** For one peer; info is read-only and shared. */
  MetadataSeeder(ByteBuffer info, LongSupplier nanoClock) {
    this.info = info;
    this.blocks = (info.remaining() - 1) / MetadataMessage.BLOCK_BYTES + 1;
    this.budget = new TokenBucket(2 * blocks, BLOCKS_PER_SECOND, nanoClock);
  }

  int sizeBytes() {
    return info.remaining();
  }

  /** The block asked for, or a reject where there is none or the peer asks too fast. */
  MetadataMessage answer(MetadataMessage.Request request) {
    int block = request.block();
    if (block >= blocks || !budget.tryTake()) {
      return new MetadataMessage.Reject(block);
    }
    int start = block * MetadataMessage.BLOCK_BYTES;
    int lengthBytes = Math.min(MetadataMessage.BLOCK_BYTES, info.remaining() - start);
    return new MetadataMessage.Data(
        block, info.remaining(), info.slice(info.position() + start, lengthBytes));
  }
}
