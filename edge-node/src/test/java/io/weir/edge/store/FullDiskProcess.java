package io.weir.edge.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.weir.edge.fixture.Await;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.PieceStore.Eviction;
import io.weir.edge.store.PieceStore.PutResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A store on a small disk of its own, which something else fills to the last byte and empties
 * again. Each claim that does not hold ends the process with an exception.
 */
final class FullDiskProcess {
  private static final int MIB = 1 << 20;
  private static final long CAPACITY_BYTES = 1L << 30;
  private static final int PIECE_BYTES = MIB;

  private final Path disk;
  private final Set<Integer> stored = new TreeSet<>();

  /**
   * The disk is full before its free space says so, as with a quota or a neighbour that is quick.
   */
  private volatile boolean quota;

  private SegmentPieceStore store;
  private long film;

  private FullDiskProcess(Path disk) {
    this.disk = disk;
  }

  public static void main(String[] args) throws Exception {
    new FullDiskProcess(Path.of(args[0])).run();
    System.out.println("all claims hold");
  }

  private void run() throws Exception {
    open();
    putUntilRefused(0, 40);
    claim(stored.size() == 40, "stored while there was room");
    long doomed = store.ordinalOf("doomed", 1, TestContent.INFO_HASH);
    claim(put(doomed, 0) == PutResult.STORED, "doomed is stored");

    leaveFree(DiskGate.RESERVE_BYTES - MIB);
    claim(put(film, 1000) == PutResult.PAUSED, "nothing is stored into the reserve");
    claim(store.unwritable() != null, "it says so");
    readAll();
    for (int look = 0; look < 3; look++) {
      store.recover();
      claim(store.unwritable() != null, "it stays shut while the disk is full");
    }
    emptyDisk();
    recoverOnceThereIsRoom();

    quota = true;
    leaveFree(DiskGate.RESERVE_BYTES - 100L * MIB);
    putUntilRefused(40, 400);
    claim(store.unwritable() != null, "it says that the disk refused");
    claim(put(film, 1001) == PutResult.PAUSED, "it does not hammer");
    readAll();
    store.retain(Set.of(film));
    claim(!store.has(doomed, 0), "a purge holds on a full disk");
    store.recover();
    readAll();
    emptyDisk();
    recoverOnceThereIsRoom();
    putUntilRefused(400, 450);
    claim(stored.contains(449), "stored again after the disk was full");
    readAll();
    store.close();
    open();
    claim(store.have(film).cardinality() == stored.size(), "nothing is lost by the reopening");
    claim(store.ordinalsOf("doomed", 1).isEmpty(), "what was purged stays purged");
    readAll();

    leaveFree(DiskGate.RESERVE_BYTES - 100L * MIB);
    putUntilRefused(500, 900);
    claim(store.unwritable() != null, "refused again");
    store.close();
    emptyDisk();
    open();
    claim(store.have(film).cardinality() == stored.size(), "nothing is lost by a close when full");
    readAll();
    store.close();
  }

  private void open() throws IOException {
    store =
        new StoreOpening(
                CAPACITY_BYTES,
                CAPACITY_BYTES,
                PooledByteBufAllocator.DEFAULT,
                new DiskGate(() -> quota ? Long.MAX_VALUE : freeBytes(), System::nanoTime),
                new StoreMetrics(new SimpleMeterRegistry()),
                System::nanoTime)
            .open(disk.resolve("pieces"));
    film = store.ordinalOf("film", 1, TestContent.INFO_HASH);
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(disk).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void putUntilRefused(int from, int to) {
    for (int piece = from; piece < to && store.unwritable() == null; piece++) {
      if (put(film, piece) == PutResult.STORED) {
        stored.add(piece);
      }
    }
  }

  private void recoverOnceThereIsRoom() {
    Await.until(
        "pieces are stored again",
        () -> {
          store.recover();
          return store.unwritable() == null;
        });
  }

  private PutResult put(long ordinal, int piece) {
    return TestStore.put(
        store, ordinal, piece, bytesOf(piece), Eviction.ANY, PooledByteBufAllocator.DEFAULT);
  }

  private void readAll() {
    for (int piece : stored) {
      byte[] bytes = TestStore.get(store, film, piece, PIECE_BYTES);
      claim(bytes != null, "piece " + piece + " is read");
      claim(Arrays.equals(bytesOf(piece), bytes), "piece " + piece);
    }
  }

  private void leaveFree(long freeBytes) throws IOException {
    try (SeekableByteChannel ballast =
        Files.newByteChannel(
            disk.resolve("ballast"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      while (freeBytes() > freeBytes) {
        ballast.write(ByteBuffer.allocate(MIB / 16));
      }
    }
  }

  private void emptyDisk() throws IOException {
    Files.delete(disk.resolve("ballast"));
  }

  private static byte[] bytesOf(int piece) {
    byte[] bytes = new byte[PIECE_BYTES];
    new Random(piece).nextBytes(bytes);
    return bytes;
  }

  private static void claim(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("does not hold: " + what);
    }
  }
}
