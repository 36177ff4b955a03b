package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.edge.log.LogLimit;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces in RocksDB, laid out as {@link StoreKeys} says.
 *
 * <p><b>Whole or not at all.</b> A put is one write batch: the piece's parts, its have-key, its
 * version's head-key, and the deletion of the have-keys of whatever it evicts. The batch goes
 * through the write-ahead log, so that a crash of the process leaves all of it or nothing. The log
 * is not synced: a power cut may lose the last puts. RocksDB syncs the log of everything older
 * before it installs a flushed table of any column family, and replays whole batches only, {@link
 * LogTail} having cut off what is not. What was lost is filled again, and a have-key whose parts
 * are gone is dropped when it is first read.
 *
 * <p><b>A log, not a tree.</b> Where RocksDB's compaction meets a block whose checksum is wrong, it
 * either refuses every further write or tries the same files again without end; but a cache on
 * large disks has to expect a flipped byte and lose one piece by it. So compaction is given no
 * reason to read pieces: their parts are appended in the order of {@link Segments}, whatever is
 * deleted is deleted from the have-map alone, and space comes back by the deletion of whole files,
 * which reads nothing. {@link SegmentCollector} reads what is to outlive its file, as any reader
 * does, and drops what it cannot read. It is also why no read takes a snapshot: to release one has
 * RocksDB rewrite the files that are older.
 *
 * <p><b>The cap</b> counts bytes of pieces. The directory holds a quarter more, and up to 128 MiB
 * of log and a few segments that are being filled, emptied or deleted. Files are bounded with it:
 * pieces of any size share the files of their segment, which are one or two.
 *
 * <p><b>A full disk</b> costs no reader anything: {@link DiskGate} stops the writing before RocksDB
 * meets it, mostly, and after it did, and {@link #recover} begins again. Deletions that the disk
 * refuses hold in memory at once and are made good on disk later.
 *
 * <p><b>Threads.</b> Puts and drops follow one another; reads go beside them. A piece may be moved
 * or evicted under its reader, who looks again before he calls it broken. Only {@link #close} waits
 * for everyone.
 */
public final class RocksPieceStore implements PieceStore {
  private static final Logger LOG = LoggerFactory.getLogger(RocksPieceStore.class);
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(10);

  private final StoreDirectory directory;
  private final RocksTables tables;
  private final HaveMap haveMap;
  private final PieceParts parts;
  private final PieceLog log;
  private final DiskGate gate;
  private final Losses losses;
  private final LogLimit refusedLog;
  private final LogLimit unansweredLog;
  private final Lock writes = new ReentrantLock();
  private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  RocksPieceStore(
      StoreDirectory directory,
      RocksTables tables,
      HaveMap haveMap,
      Segments segments,
      ByteBufAllocator allocator,
      DiskGate gate,
      StoreMetrics metrics,
      LongSupplier nanoTime) {
    this.directory = directory;
    this.tables = tables;
    this.haveMap = haveMap;
    this.gate = gate;
    this.losses = new Losses(metrics, nanoTime);
    this.parts = new PieceParts(tables, allocator);
    this.log = new PieceLog(tables, haveMap, segments, parts, losses);
    this.refusedLog = new LogLimit(nanoTime, WARN_INTERVAL);
    this.unansweredLog = new LogLimit(nanoTime, WARN_INTERVAL);
    metrics.gauges(() -> gate.reason() == null);
  }

  /**
   * Opens, or creates, the store in a directory.
   *
   * @param capacityBytes the byte cap of stored pieces
   * @param allocator of the buffers that {@link #get} returns
   * @param nanoTime clock of the log's rate limits and the pauses after refusals
   * @throws IOException if it cannot be opened, as when another process has it open
   */
  public static RocksPieceStore open(
      Path path,
      long capacityBytes,
      ByteBufAllocator allocator,
      LongSupplier nanoTime,
      StoreMetrics metrics)
      throws IOException {
    FileStore disk = Files.getFileStore(Files.createDirectories(path));
    return open(path, capacityBytes, allocator, nanoTime, metrics, () -> freeBytes(disk));
  }

  /** With another idea of the free bytes than the file system's. */
  static RocksPieceStore open(
      Path path,
      long capacityBytes,
      ByteBufAllocator allocator,
      LongSupplier nanoTime,
      StoreMetrics metrics,
      LongSupplier freeBytes)
      throws IOException {
    DiskGate gate = new DiskGate(freeBytes, nanoTime);
    return new StoreOpening(capacityBytes, allocator, gate, metrics, nanoTime).open(path);
  }

  /** What cannot be told is no reason not to try. */
  private static long freeBytes(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public long ordinalOf(String contentId, int contentVersion, InfoHash infoHash) {
    return haveMap.ordinalOf(contentId, contentVersion, infoHash);
  }

  @Override
  public Set<Long> ordinalsOf(String contentId, int contentVersion) {
    return haveMap.ordinalsOf(contentId, contentVersion);
  }

  @Override
  public BitSet have(long ordinal) {
    return haveMap.have(ordinal);
  }

  @Override
  public boolean has(long ordinal, int piece) {
    return haveMap.has(ordinal, piece);
  }

  @Override
  public long storedBytes() {
    return haveMap.storedBytes();
  }

  @Override
  public long losses() {
    return losses.count();
  }

  @Override
  public @Nullable String unwritable() {
    return gate.reason();
  }

  @Override
  public void protect(Set<Long> ordinals) {
    haveMap.protect(ordinals);
  }

  @Override
  public @Nullable ByteBuf get(long ordinal, int piece) {
    return haveMap.use(ordinal, piece) ? peek(ordinal, piece) : null;
  }

  @Override
  public @Nullable ByteBuf peek(long ordinal, int piece) {
    lifetime.readLock().lock();
    try {
      return closed || !haveMap.has(ordinal, piece) ? null : read(ordinal, piece);
    } catch (RocksDBException e) {
      onUnreadable(ordinal, piece, e);
      return null;
    } finally {
      lifetime.readLock().unlock();
    }
  }

  private @Nullable ByteBuf read(long ordinal, int piece) throws RocksDBException {
    Placed placed = parts.placed(ordinal, piece);
    while (placed != null) {
      try {
        return parts.read(placed);
      } catch (RocksDBException e) {
        Placed now = parts.placed(ordinal, piece);
        if (placed.equals(now)) {
          throw e;
        }
        placed = now;
      }
    }
    return null;
  }

  private void onUnreadable(long ordinal, int piece, RocksDBException failure) {
    LossCause cause = LossCause.of(failure);
    if (cause == null) {
      warn(unansweredLog, "stored piece cannot be read now", ordinal, piece, failure);
    } else {
      drop(ordinal, piece, cause);
    }
  }

  @Override
  public PutResult put(long ordinal, int piece, ByteBuf bytes, Eviction eviction) {
    lifetime.readLock().lock();
    writes.lock();
    try {
      if (closed) {
        return PutResult.FAILED;
      }
      HaveMap.PutPlan plan = haveMap.planPut(ordinal, piece, bytes.readableBytes(), eviction);
      if (plan instanceof HaveMap.PutPlan.Go go) {
        return append(go, piece, bytes);
      }
      if (plan instanceof HaveMap.PutPlan.Held) {
        return PutResult.STORED;
      }
      return plan instanceof HaveMap.PutPlan.Full ? PutResult.FULL : PutResult.FORGOTTEN;
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  private PutResult append(HaveMap.PutPlan.Go plan, int piece, ByteBuf bytes) {
    if (!gate.admits()) {
      return PutResult.PAUSED;
    }
    try {
      log.append(plan, piece, bytes);
      gate.stored();
      return PutResult.STORED;
    } catch (RocksDBException e) {
      warn(refusedLog, "piece could not be stored", plan.version().ordinal(), piece, e);
      gate.refused();
      return PutResult.FAILED;
    }
  }

  @Override
  public void drop(long ordinal, int piece) {
    drop(ordinal, piece, LossCause.HASH);
  }

  private void drop(long ordinal, int piece, LossCause cause) {
    lifetime.readLock().lock();
    writes.lock();
    try {
      if (!closed && haveMap.has(ordinal, piece)) {
        losses.lost(haveMap.version(ordinal), piece, cause);
        log.delete(ordinal, piece);
      }
    } catch (RocksDBException e) {
      warn(refusedLog, "dropped piece could not be deleted", ordinal, piece, e);
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  @Override
  public void retain(Set<Long> ordinals) {
    lifetime.readLock().lock();
    writes.lock();
    try {
      if (!closed) {
        haveMap.allBut(ordinals).forEach(log::forget);
        log.deleteForgotten();
      }
    } catch (RocksDBException e) {
      LOG.warn("dropped versions are not deleted yet reason={}", e.getMessage());
      gate.refused();
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  /**
   * Sees whether a disk that was full or refused takes pieces again, and deletes what it refused to
   * delete; does nothing while all is well. Blocks; to be called every few seconds.
   */
  public void recover() {
    lifetime.readLock().lock();
    writes.lock();
    try {
      if (closed || gate.admits() || !gate.rested()) {
        return;
      }
      boolean mayOpen = gate.worthATry();
      if (mayOpen) {
        tables.resumeFlushes();
      }
      log.deleteForgotten();
      if (mayOpen) {
        tables.startNewLog();
        gate.open();
      }
    } catch (RocksDBException e) {
      gate.refused();
      LOG.debug("disk still refuses", e);
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  private static void warn(
      LogLimit limit, String phrase, long ordinal, int piece, RocksDBException cause) {
    long keptBack = limit.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.warn(
          "{} ordinal={} piece={} reason={} keptBack={}",
          phrase,
          ordinal,
          piece,
          cause.getMessage(),
          keptBack);
    }
  }

  @Override
  public void close() {
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        flush();
        tables.close();
        directory.close();
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  /** A full disk would have RocksDB wait for ever; the log holds all there is to flush. */
  private void flush() {
    try {
      if (gate.admits()) {
        tables.flushAll();
      } else {
        tables.db.flushWal(true);
      }
    } catch (RocksDBException e) {
      LOG.warn("piece store not flushed at close, its log is replayed at the next open", e);
    }
  }
}
