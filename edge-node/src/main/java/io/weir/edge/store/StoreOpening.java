package io.weir.edge.store;

import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a store comes up on what its directory holds. One that cannot be opened because its index is
 * broken is begun anew: pieces can be filled again, and a node that does not start serves nobody.
 *
 * @param capacityBytes the byte cap of stored pieces
 * @param pageCacheBytes what the kernel can be taken to keep of them in memory
 * @param allocator of the buffers that the store returns
 * @param gate whether the disk takes pieces
 * @param metrics counts what was lost
 * @param nanoTime clock of the store's rate limits
 */
record StoreOpening(
    long capacityBytes,
    long pageCacheBytes,
    ByteBufAllocator allocator,
    DiskGate gate,
    StoreMetrics metrics,
    LongSupplier nanoTime) {
  private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

  SegmentPieceStore open(Path path) throws IOException {
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

  private SegmentPieceStore openOrStartOver(StoreDirectory directory)
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

  /** Whether the index is wrong, or gone, rather than out of reach for now. */
  private static boolean isBroken(RocksDBException e) {
    Status status = e.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    String text = String.valueOf(e.getMessage());
    boolean isOfAnotherLayout = text.contains("Column families not opened");
    return code == Status.Code.Corruption
        || (code == Status.Code.IOError && text.contains("No such file or directory"))
        || isOfAnotherLayout;
  }

  private SegmentPieceStore open(StoreDirectory directory) throws IOException, RocksDBException {
    RocksTables tables = RocksTables.open(directory.path());
    SegmentFolder folder = null;
    try {
      HaveMap haveMap = new HaveMap(capacityBytes, pageCacheBytes);
      folder = new SegmentFolder(directory.segments());
      OpenSegments segments = new HaveMapLoader(tables, haveMap, folder).load(capacityBytes);
      log.info(
          "piece store open directory={} storedBytes={} files={}",
          directory.path(),
          haveMap.storedBytes(),
          haveMap.segments());
      return new SegmentPieceStore(
          directory,
          new PieceIndex(tables),
          haveMap,
          folder,
          segments,
          allocator,
          gate,
          metrics,
          nanoTime);
    } catch (IOException | RocksDBException | RuntimeException e) {
      if (folder != null) {
        folder.close();
      }
      tables.close();
      throw e;
    }
  }
}
