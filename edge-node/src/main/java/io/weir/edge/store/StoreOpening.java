package io.weir.edge.store;

import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a store comes up on what its directory holds. One that cannot be opened because its own maps
 * are broken is begun anew: pieces can be filled again, and a node that does not start serves
 * nobody.
 *
 * @param capacityBytes the byte cap of stored pieces
 * @param allocator of the buffers that the store returns
 * @param gate whether the disk takes pieces
 * @param metrics counts what was lost
 * @param nanoTime clock of the store's rate limits
 */
record StoreOpening(
    long capacityBytes,
    ByteBufAllocator allocator,
    DiskGate gate,
    StoreMetrics metrics,
    LongSupplier nanoTime) {
  private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

  RocksPieceStore open(Path path) throws IOException {
    StoreDirectory directory = StoreDirectory.take(path);
    try {
      return openOrStartOver(directory);
    } catch (RocksDBException e) {
      directory.close();
      throw new IOException("piece store " + path + " cannot be opened: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private RocksPieceStore openOrStartOver(StoreDirectory directory)
      throws IOException, RocksDBException {
    try {
      return open(directory);
    } catch (RocksDBException e) {
      if (!isBroken(e)) {
        throw e;
      }
      log.error(
          "piece store is broken, its pieces are filled anew directory={} reason={}",
          directory.path(),
          e.getMessage());
      metrics.reset();
      directory.empty();
      return open(directory);
    }
  }

  /** Whether the files are wrong or gone, rather than out of reach for now. */
  private static boolean isBroken(RocksDBException e) {
    LossCause cause = LossCause.of(e);
    boolean isGone = String.valueOf(e.getMessage()).contains("No such file or directory");
    return cause == LossCause.CHECKSUM || (cause == LossCause.UNREADABLE && isGone);
  }

  private RocksPieceStore open(StoreDirectory directory) throws RocksDBException {
    RocksTables tables = RocksTables.open(directory.path());
    try {
      HaveMap haveMap = new HaveMap(capacityBytes);
      Segments segments = new Segments(capacityBytes);
      new HaveMapLoader(tables, haveMap, segments).load();
      log.info(
          "piece store open directory={} storedBytes={}", directory.path(), haveMap.storedBytes());
      return new RocksPieceStore(
          directory, tables, haveMap, segments, allocator, gate, metrics, nanoTime);
    } catch (RocksDBException | RuntimeException e) {
      tables.close();
      throw e;
    }
  }
}
