package io.weir.edge.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.edge.log.LogLimit;
import io.weir.edge.piece.StoredRun;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces in plain files, {@link OpenSegment segments}, and an index of them in RocksDB, laid out as
 * {@link StoreKeys} says.
 *
 * <p><b>Why not pieces in RocksDB.</b> A piece is written once, never changed, read in parts, sent
 * by the kernel, and goes with its neighbours; nothing of a sorted tree helps with that. As values
 * behind a write-ahead log each byte would be written twice, as ingested tables it would be copied
 * through native memory and sent from an offset that only the table format's insides tell; and
 * RocksDB that meets a flipped byte while it compacts refuses all further writes. What RocksDB is
 * good at, many small rows that survive a crash, is what it does here.
 *
 * <p><b>Whole or not at all.</b> A put writes the piece at the end of a segment, syncs the file,
 * and then enters the piece, with a checksum for each part, in the index: one batch through the
 * log. What is lost at
 *
 * <table>
 * <caption>crashes</caption>
 * <tr><th>crash</th><th>what is lost</th><th>what the next open does</th></tr>
 * <tr><td>the process, while it appends</td><td>the run being put</td><td>cuts the last file behind
 * its last entered piece; deletes files that nothing in the index names</td></tr>
 * <tr><td>the process, after the entry</td><td>nothing: the log is in the kernel's hands</td><td>
 * nothing</td></tr>
 * <tr><td>power, after the entry</td><td>entries of the last moments, since the log is not synced
 * </td><td>as for the first</td></tr>
 * <tr><td>power, after an eviction</td><td>the index may name pieces again whose file is gone</td>
 * <td>drops rows without bytes</td></tr>
 * <tr><td>the disk loses bytes of a file</td><td>those pieces</td><td>nothing: a part's checksum is
 * verified whenever it is read, and before the kernel sends it for the first time since the open
 * </td></tr>
 * <tr><td>the disk loses bytes of the index</td><td>everything</td><td>begins empty, and says so
 * </td></tr>
 * </table>
 *
 * <p><b>The cap</b> counts files, with whatever in them counts for nobody: room is made before
 * bytes are appended, by whole files, so the cap is not exceeded. Nothing is ever rewritten. {@link
 * HaveMap} says which files go, {@link OpenSegments} how pieces are gathered so that files are few
 * and hold what belongs together.
 *
 * <p><b>A full disk</b> costs no reader anything: {@link DiskGate} stops the writing before the
 * disk refuses, mostly, and after it did, and {@link #recover} begins again. Deletions that the
 * disk refuses hold in memory at once and are made good on disk later.
 *
 * <p><b>Threads.</b> Puts and drops follow one another; reads go beside them. A piece may be
 * evicted under its reader, who looks again before he calls it broken. Only {@link #close} waits
 * for everyone.
 */
public final class SegmentPieceStore implements PieceStore {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentPieceStore.class);
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(10);

  private final StoreDirectory directory;
  private final PieceIndex index;
  private final HaveMap haveMap;
  private final SegmentFolder folder;
  private final OpenSegments segments;
  private final PartReader reader;
  private final PieceLog log;
  private final DiskGate gate;
  private final Losses losses;
  private final LogLimit refusedLog;
  private final LogLimit unansweredLog;
  private final Lock writes = new ReentrantLock();
  private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  SegmentPieceStore(
      StoreDirectory directory,
      PieceIndex index,
      HaveMap haveMap,
      SegmentFolder folder,
      OpenSegments segments,
      ByteBufAllocator allocator,
      DiskGate gate,
      StoreMetrics metrics,
      LongSupplier nanoTime) {
    this.directory = directory;
    this.index = index;
    this.haveMap = haveMap;
    this.folder = folder;
    this.segments = segments;
    this.reader = new PartReader(folder, allocator);
    this.log = new PieceLog(index, haveMap, folder, segments);
    this.gate = gate;
    this.losses = new Losses(metrics, nanoTime);
    this.refusedLog = new LogLimit(nanoTime, WARN_INTERVAL);
    this.unansweredLog = new LogLimit(nanoTime, WARN_INTERVAL);
    metrics.gauges(() -> gate.reason() == null, haveMap::segments);
  }

  /**
   * Opens, or creates, the store in a directory.
   *
   * @param capacityBytes the byte cap of the files of pieces
   * @param pageCacheBytes what the kernel can be taken to keep of them in memory
   * @param allocator of the buffers that {@link #read} returns
   * @param nanoTime clock of the log's rate limits and the pauses after refusals
   * @throws IOException if it cannot be opened, as when another process has it open
   */
  public static SegmentPieceStore open(
      Path path,
      long capacityBytes,
      long pageCacheBytes,
      ByteBufAllocator allocator,
      LongSupplier nanoTime,
      StoreMetrics metrics)
      throws IOException {
    FileStore disk = Files.getFileStore(Files.createDirectories(path));
    DiskGate gate = new DiskGate(() -> freeBytes(disk), nanoTime);
    return new StoreOpening(capacityBytes, pageCacheBytes, allocator, gate, metrics, nanoTime)
        .open(path);
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
  public @Nullable ByteBuf read(long ordinal, int piece, int part) {
    return read(ordinal, piece, part, true);
  }

  @Override
  public @Nullable ByteBuf peek(long ordinal, int piece, int part) {
    return read(ordinal, piece, part, false);
  }

  private @Nullable ByteBuf read(long ordinal, int piece, int part, boolean isUse) {
    lifetime.readLock().lock();
    try {
      HaveMap.HeldPart held = closed ? null : haveMap.part(ordinal, piece, part, isUse);
      while (held != null) {
        try {
          ByteBuf bytes = reader.read(held, part);
          haveMap.checked(ordinal, piece, held.placed(), part);
          return bytes;
        } catch (IOException e) {
          HaveMap.HeldPart now = haveMap.part(ordinal, piece, part, false);
          if (held.equals(now)) {
            onUnreadable(ordinal, piece, e);
            return null;
          }
          held = now;
        }
      }
      return null;
    } finally {
      lifetime.readLock().unlock();
    }
  }

  @Override
  public @Nullable StoredRun run(long ordinal, int piece, int offsetBytes, int maxBytes) {
    Placed placed = haveMap.run(ordinal, piece, offsetBytes, maxBytes);
    if (placed == null) {
      return null;
    }
    SegmentFile file = folder.getOpen(placed.segment());
    return file == null ? null : new SegmentRun(file, placed.offsetBytes(), placed.lengthBytes());
  }

  private void onUnreadable(long ordinal, int piece, IOException failure) {
    LossCause cause = LossCause.of(failure);
    if (cause == null) {
      warn(unansweredLog, "stored piece cannot be read now", ordinal, piece, failure);
    } else {
      drop(ordinal, piece, cause);
    }
  }

  @Override
  public List<PutResult> put(List<Put> run) {
    lifetime.readLock().lock();
    writes.lock();
    try {
      if (closed) {
        return run.stream().map(put -> PutResult.FAILED).toList();
      }
      PieceLog.Run appended = log.begin();
      List<PutResult> results = new ArrayList<>();
      run.forEach(put -> results.add(append(appended, put)));
      commit(appended, run, results);
      return results;
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  private PutResult append(PieceLog.Run run, Put put) {
    if (run.holds(put.ordinal(), put.piece())) {
      return PutResult.STORED;
    }
    HaveMap.PutPlan plan =
        haveMap.planPut(put.ordinal(), put.piece(), put.bytes().lengthBytes(), put.eviction());
    if (plan instanceof HaveMap.PutPlan.Go go) {
      return append(run, go, put);
    }
    if (plan instanceof HaveMap.PutPlan.Held) {
      return PutResult.STORED;
    }
    return plan instanceof HaveMap.PutPlan.Full ? PutResult.FULL : PutResult.FORGOTTEN;
  }

  private PutResult append(PieceLog.Run run, HaveMap.PutPlan.Go plan, Put put) {
    if (!gate.admits()) {
      return PutResult.PAUSED;
    }
    try {
      run.append(plan, put);
      return PutResult.STORED;
    } catch (IOException e) {
      onRefused(put, e);
      return PutResult.FAILED;
    }
  }

  private void commit(PieceLog.Run appended, List<Put> run, List<PutResult> results) {
    try {
      if (appended.commit() > 0) {
        gate.stored();
      }
    } catch (IOException e) {
      results.replaceAll(result -> result == PutResult.STORED ? PutResult.FAILED : result);
      onRefused(run.get(0), e);
    }
  }

  private void onRefused(Put put, IOException e) {
    warn(refusedLog, "piece could not be stored", put.ordinal(), put.piece(), e);
    gate.refused();
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
    } catch (IOException e) {
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
        log.forget(haveMap.allBut(ordinals));
        log.deleteForgotten();
      }
    } catch (IOException e) {
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
        index.resume();
      }
      log.deleteForgotten();
      if (mayOpen) {
        index.startNewLog();
        gate.open();
      }
    } catch (IOException e) {
      gate.refused();
      LOG.debug("disk still refuses", e);
    } finally {
      writes.unlock();
      lifetime.readLock().unlock();
    }
  }

  private static void warn(
      LogLimit limit, String phrase, long ordinal, int piece, IOException cause) {
    long keptBack = limit.admit();
    if (keptBack != LogLimit.SILENT) {
      LOG.warn(
          "{} ordinal={} piece={} reason={} keptBack={}",
          phrase,
          ordinal,
          piece,
          Objects.toString(cause.getMessage(), cause.getClass().getSimpleName()),
          keptBack);
    }
  }

  @Override
  public void close() {
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        segments.close();
        folder.close();
        flush();
        index.close();
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
        index.flush();
      } else {
        index.sync();
      }
    } catch (IOException e) {
      LOG.warn("piece index not flushed at close, its log is replayed at the next open", e);
    }
  }
}
