package io.weir.edge.store;

import io.netty.buffer.PooledByteBufAllocator;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.PieceStore.Eviction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A process that puts, drops and forgets pieces at random until it is killed, line by line. */
final class PieceChurnProcess {
  static final long CAPACITY_BYTES = 24L << 20;
  static final int PIECES_PER_CONTENT = 40;
  private static final int CONTENTS = 12;
  private static final int SMALL_BYTES = 3_000;
  private static final int LARGE_BYTES = 300_000;

  private PieceChurnProcess() {}

  public static void main(String[] args) throws Exception {
    Random random = new Random(Long.parseLong(args[1]));
    PieceStore store =
        TestStore.open(Path.of(args[0]), CAPACITY_BYTES, PooledByteBufAllocator.DEFAULT);
    List<String> contents = new ArrayList<>();
    for (int step = 0; ; step++) {
      if (contents.size() < CONTENTS) {
        contents.add("content-" + step);
      }
      String content = contents.get(random.nextInt(contents.size()));
      int piece = random.nextInt(PIECES_PER_CONTENT);
      int chance = random.nextInt(100);
      if (chance == 0) {
        contents.remove(content);
        store.retain(
            contents.stream().map(kept -> ordinalOf(store, kept)).collect(Collectors.toSet()));
      } else if (chance == 1) {
        store.protect(Set.of(ordinalOf(store, content)));
      } else if (chance < 8) {
        store.drop(ordinalOf(store, content), piece);
      } else {
        put(store, content, piece);
      }
      System.out.println(step);
    }
  }

  static long ordinalOf(PieceStore store, String content) {
    return store.ordinalOf(content, 1, TestContent.INFO_HASH);
  }

  static PieceStore.PutResult put(PieceStore store, String content, int piece) {
    return TestStore.put(
        store,
        ordinalOf(store, content),
        piece,
        bytesOf(content, piece),
        Eviction.ANY,
        PooledByteBufAllocator.DEFAULT);
  }

  static byte[] bytesOf(String content, int piece) {
    Random random = new Random(content.hashCode() * 1000L + piece);
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(3) == 0 ? LARGE_BYTES : SMALL_BYTES)];
    random.nextBytes(bytes);
    return bytes;
  }
}
