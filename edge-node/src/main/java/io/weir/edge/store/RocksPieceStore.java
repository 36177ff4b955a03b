package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.edge.log.LogLimit;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces in RocksDB, laid out as {@link StoreKeys} says.
 *
 * <p><b>Whole or not at all.</b> A put is one write batch: the piece's parts, its have-key, its
 * version's head-key, and the deletion of the have-keys of whatever it evicts. The batch goes
 * through the write-ahead log, so that a crash of the process leaves all of it or nothing. The log
 * is not synced: a power cut may lose the last puts. RocksDB syncs the log of everything older
 * before it installs a flushed table of any column family, and replays whole batches only. What was
 * lost is filled again, and a have-key whose parts are gone is dropped when it is first read.
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
 * of log and a few segments that are being filled, emptied or deleted.
 *
 * <p><b>Threads.</b> Puts and drops follow one another; reads go beside them. A piece may be moved
 * or evicted under its reader, who looks again before he calls it broken. Only {@link #close} waits
 * for everyone.
 */
public final class RocksPieceStore implements PieceStore {
  private static final Logger LOG = LoggerFactory.getLogger(RocksPieceStore.class);
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(10);

  private final RocksTables tables;
  private final HaveMap haveMap;
  private final Segments segments;
  private final PieceParts parts;
  private final SegmentCollector collector;
  private final LogLimit unreadableLog;
  private final LogLimit refusedLog;
  private final WriteOptions writeOptions = new WriteOptions();
  private final Lock writes = new ReentrantLock();
  private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  private RocksPieceStore(
      RocksTables tables,
      HaveMap haveMap,
      Segments segments,
      ByteBufAllocator allocator,
      LongSupplier nanoTime) {
    this.tables = tables;
    this.haveMap = haveMap;
    this.segments = segments;
    this.parts = new PieceParts(tables, allocator);
    this.collector = new SegmentCollector(tables, haveMap, segments, parts);
    this.unreadableLog = new LogLimit(nanoTime, WARN_INTERVAL);
    this.refusedLog = new LogLimit(nanoTime, WARN_INTERVAL);
  }

  /**
   * Opens, or creates, the store in a directory.
   *
   * @param capacityBytes the byte cap of stored pieces
   * @param allocator of the buffers that {@link #get} returns
   * @param nanoTime clock of the log's rate limits
   * @throws IOException if it cannot be opened, as when another process has it open
   */
  public static RocksPieceStore open(
      Path directory, long capacityBytes, ByteBufAllocator allocator, LongSupplier nanoTime)
      throws IOException {
    RocksTables tables = RocksTables.open(directory);
    try {
      HaveMap haveMap = new HaveMap(capacityBytes);
      Segments segments = new Segments(capacityBytes);
      new HaveMapLoader(tables, haveMap, segments).load();
      LOG.info("piece store open directory={} storedBytes={}", directory, haveMap.storedBytes());
      return new RocksPieceStore(tables, haveMap, segments, allocator, nanoTime);
    } catch (RocksDBException e) {
      tables.close();
      throw new IOException("piece store " + directory + " cannot be read: " + e.getMessage(), e);
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
  public void protect(Set<Long> ordinals) {
    haveMap.protect(ordinals);
  }

  @Override
  public @Nullable ByteBuf get(long ordinal, int piece) {
    lifetime.readLock().lock();
    try {
      if (closed || !haveMap.use(ordinal, piece)) {
        return null;
      }
      return read(ordinal, piece);
    } catch (RocksDBException e) {
      if (haveMap.has(ordinal, piece)) {
        warn(unreadableLog, "stored piece cannot be read and is dropped", ordinal, piece, e);
        drop(ordinal, piece);
      }
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

  @Override
  public PutResult put(long ordinal, int piece, ByteBuf bytes, Eviction eviction) {
    lifetime.readLock().lock();
    writes.lock();
    try {
      int lengthBytes = bytes.readableBytes();
      if (closed) {
        return PutResult.FAILED;
      }
      HaveMap.PutPlan plan = haveMap.planPut(ordinal, piece, lengthBytes, eviction);
      if (plan instanceof HaveMap.PutPlan.Go go) {
        write(go, piece, bytes);
        haveMap.add(ordinal, piece, lengthBytes);
        turnOverWhereFull();
        return PutResult.STORED;
      }
      if (plan instanceof HaveMap.PutPlan.Held) {
        return PutResult.STORED;
      }
      return plan instanceof HaveMap.PutPlan.Full ? PutResult.FULL : PutResult.FORGOTTEN;
    } catch (RocksDBException e) {
      warn(refusedLog, "piece could not be stored", ordinal, piece, e);
      return PutResult.FAILED;
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  private void write(HaveMap.PutPlan.Go go, int piece, ByteBuf bytes) throws RocksDBException {
    HeldVersion version = go.version();
    long ordinal = version.ordinal();
    long place = segments.nextPlace();
    List<Placed> gone = new ArrayList<>();
    try (WriteBatch batch = new WriteBatch()) {
      for (HaveMap.Victim victim : go.victims()) {
        Placed placed = parts.placed(victim.ordinal(), victim.piece());
        if (placed != null) {
          gone.add(placed);
        }
        parts.delete(batch, victim.ordinal(), victim.piece());
      }
      batch.put(tables.head, StoreKeys.head(ordinal), StoreKeys.headValue(version));
      parts.put(batch, place, ordinal, piece, bytes);
      tables.db.write(writeOptions, batch);
    }
    gone.forEach(segments::remove);
    go.victims().forEach(victim -> haveMap.remove(victim.ordinal(), victim.piece()));
    segments.appended(place, bytes.readableBytes());
  }

  /** The piece that filled the segment is stored, whatever becomes of this. */
  private void turnOverWhereFull() {
    if (segments.currentIsFull()) {
      try {
        collector.turnOver();
      } catch (RocksDBException e) {
        LOG.warn("space of deleted pieces not given back, again at the next segment", e);
      }
    }
  }

  /**
   * The bit goes first: a piece that is to be dropped is not read even where its deletion fails.
   */
  @Override
  public void drop(long ordinal, int piece) {
    lifetime.readLock().lock();
    writes.lock();
    try (WriteBatch batch = new WriteBatch()) {
      if (closed || !haveMap.has(ordinal, piece)) {
        return;
      }
      haveMap.remove(ordinal, piece);
      Placed placed = parts.placed(ordinal, piece);
      parts.delete(batch, ordinal, piece);
      tables.db.write(writeOptions, batch);
      if (placed != null) {
        segments.remove(placed);
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
    haveMap.allBut(ordinals).forEach(this::forget);
  }

  private void forget(HeldVersion version) {
    long ordinal = version.ordinal();
    byte[] from = StoreKeys.head(ordinal);
    byte[] to = StoreKeys.head(ordinal + 1);
    lifetime.readLock().lock();
    writes.lock();
    try (WriteBatch batch = new WriteBatch()) {
      if (closed || !haveMap.knows(ordinal)) {
        return;
      }
      haveMap.forget(ordinal);
      batch.delete(tables.head, from);
      batch.deleteRange(tables.have, from, to);
      List<Placed> gone = parts.placed(ordinal);
      tables.db.write(writeOptions, batch);
      gone.forEach(segments::remove);
      collector.reclaim();
      LOG.info(
          "version dropped contentId={} contentVersion={}",
          version.contentId(),
          version.contentVersion());
    } catch (RocksDBException e) {
      warn(refusedLog, "dropped version could not be deleted", ordinal, 0, e);
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
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      if (closed) {
        return;
      }
      closed = true;
      flush(flush);
      writeOptions.close();
      tables.close();
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  private void flush(FlushOptions options) {
    try {
      tables.db.flush(options, List.of(tables.head, tables.have, tables.segments, tables.pieces));
    } catch (RocksDBException e) {
      LOG.warn("piece store not flushed at close, its log is replayed at the next open", e);
    }
  }
}
