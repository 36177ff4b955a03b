package io.weir.edge.store;

import io.netty.buffer.PooledByteBufAllocator;
import io.weir.edge.fixture.TestContent;
import java.nio.file.Path;
import java.util.Random;

/** A process that stores pieces until it is killed, saying a line after each. */
public final class PieceWriterProcess {
  static final int PIECE_BYTES = 700_000;
  static final long CAPACITY_BYTES = 40L * PIECE_BYTES;
  static final int PIECES_PER_CONTENT = 10;

  private PieceWriterProcess() {}

  public static void main(String[] args) throws Exception {
    PieceStore store =
        TestStore.open(Path.of(args[0]), CAPACITY_BYTES, PooledByteBufAllocator.DEFAULT);
    for (int stored = 0; ; stored++) {
      long ordinal =
          store.ordinalOf("content-" + stored / PIECES_PER_CONTENT, 1, TestContent.INFO_HASH);
      int piece = stored % PIECES_PER_CONTENT;
      System.out.println(
          TestStore.put(
              store,
              ordinal,
              piece,
              bytesOf(ordinal, piece),
              PieceStore.Eviction.ANY,
              PooledByteBufAllocator.DEFAULT));
    }
  }

  static byte[] bytesOf(long ordinal, int piece) {
    byte[] bytes = new byte[PIECE_BYTES];
    new Random(ordinal * PIECES_PER_CONTENT + piece).nextBytes(bytes);
    return bytes;
  }
}
