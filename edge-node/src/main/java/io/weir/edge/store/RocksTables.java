package io.weir.edge.store;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.AbstractImmutableNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The open index, a database of two column families, with every native object that has to be closed
 * after it. Memory and files are bounded here: two memtables of 4 MiB for each family, 16 MiB of
 * WAL, 256 open files, four log files of 4 MiB.
 */
final class RocksTables implements AutoCloseable {
  private static final int OPEN_FILES = 256;
  private static final int BACKGROUND_JOBS = 2;
  private static final long WAL_BYTES = 16L << 20;
  private static final int LOG_FILES = 4;
  private static final long LOG_FILE_BYTES = 4L << 20;
  private static final long MAP_MEMTABLE_BYTES = 4L << 20;
  private static final int MAP_MEMTABLES = 2;
  private static final long MAP_CACHE_BYTES = 4L << 20;
  private static final int SPARE_MEMTABLES = 2;
  private static final int STALL_WAITS = 400;
  private static final long STALL_WAIT_NANOS = 5_000_000;
  private static final byte[] PROBE_KEY = {'p'};
  private static final int PROBE_BYTES = 256 << 10;

  final RocksDB db;
  private final ColumnFamilyHandle probe;
  final ColumnFamilyHandle head;
  final ColumnFamilyHandle have;
  final ReadOptions verified;
  private final WriteOptions impatient;
  private final Deque<AbstractImmutableNativeReference> natives;

  private RocksTables(
      RocksDB db,
      List<ColumnFamilyHandle> families,
      ReadOptions verified,
      WriteOptions impatient,
      Deque<AbstractImmutableNativeReference> natives) {
    this.db = db;
    this.probe = families.get(0);
    this.head = families.get(1);
    this.have = families.get(2);
    this.verified = verified;
    this.impatient = impatient;
    this.natives = natives;
  }

  /** Opens, or creates, the database in a directory that is a {@link StoreDirectory}. */
  static RocksTables open(Path directory) throws RocksDBException {
    Deque<AbstractImmutableNativeReference> natives = new ArrayDeque<>();
    DBOptions options = keep(natives, dbOptions());
    ColumnFamilyOptions map = keep(natives, mapOptions(natives));
    List<ColumnFamilyDescriptor> descriptors =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, map),
            new ColumnFamilyDescriptor(new byte[] {'h', 'e', 'a', 'd'}, map),
            new ColumnFamilyDescriptor(new byte[] {'h', 'a', 'v', 'e'}, map));

    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      RocksDB db = RocksDB.open(options, directory.toString(), descriptors, families);
      keep(natives, db);
      families.forEach(natives::push);
      return new RocksTables(
          db,
          families,
          keep(natives, new ReadOptions().setVerifyChecksums(true)),
          keep(natives, new WriteOptions().setNoSlowdown(true)),
          natives);
    } catch (RocksDBException e) {
      natives.forEach(AbstractImmutableNativeReference::close);
      throw e;
    }
  }

  /**
   * Writes a batch, whole or not at all. Where RocksDB is behind with its flushes it waits a while,
   * not for ever: on a full disk none of them ends.
   */
  void write(WriteBatch batch) throws RocksDBException {
    for (int wait = 0; ; wait++) {
      try {
        db.write(impatient, batch);
        return;
      } catch (RocksDBException e) {
        if (wait == STALL_WAITS || !isStall(e)) {
          throw e;
        }
        LockSupport.parkNanos(STALL_WAIT_NANOS);
      }
    }
  }

  private static boolean isStall(RocksDBException e) {
    return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete;
  }

  /**
   * Writes something and begins a new log. A log that a full disk has torn is readable up to the
   * tear only, so nothing that has to outlive a crash may come behind.
   */
  void startNewLog() throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(probe, PROBE_KEY, new byte[PROBE_BYTES]);
      write(batch);
    }
    flush(false, List.of(probe, head, have));
  }

  /**
   * Begins again the flushes that a full disk made fail. RocksDB does not by itself, and while
   * writes stall for them it refuses to be asked; room for more memtables ends the stall.
   */
  void resumeFlushes() throws RocksDBException {
    allowMemtables(MAP_MEMTABLES + SPARE_MEMTABLES);
    flush(false, List.of(probe, head, have));
    allowMemtables(MAP_MEMTABLES);
  }

  private void allowMemtables(int most) throws RocksDBException {
    for (ColumnFamilyHandle map : List.of(probe, head, have)) {
      db.setOptions(map, memtables(most));
    }
  }

  private static MutableColumnFamilyOptions memtables(int most) {
    return MutableColumnFamilyOptions.builder().setMaxWriteBufferNumber(most).build();
  }

  /** Writes every memtable, which spares the next open the log. Waits for as long as that takes. */
  void flushAll() throws RocksDBException {
    flush(true, List.of(head, have));
  }

  /** Without waiting for room, which RocksDB's way of waiting would find never on a full disk. */
  private void flush(boolean wait, List<ColumnFamilyHandle> families) throws RocksDBException {
    try (FlushOptions options = new FlushOptions().setWaitForFlush(wait).setAllowWriteStall(true)) {
      db.flush(options, families);
    }
  }

  /**
   * Not paranoid, in RocksDB's word for it: it would not open a database of which one file is
   * broken in its index or its footer, and would refuse every write after one that failed, or after
   * a broken block was met beside them. Reads and replays verify checksums nonetheless.
   */
  private static DBOptions dbOptions() {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setMaxOpenFiles(OPEN_FILES)
        .setParanoidChecks(false)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setMaxTotalWalSize(WAL_BYTES)
        .setKeepLogFileNum(LOG_FILES)
        .setMaxLogFileSize(LOG_FILE_BYTES)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setStatsDumpPeriodSec(0);
  }

  private static ColumnFamilyOptions mapOptions(Deque<AbstractImmutableNativeReference> natives) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig().setBlockCache(keep(natives, new LRUCache(MAP_CACHE_BYTES)));
    return new ColumnFamilyOptions()
        .setWriteBufferSize(MAP_MEMTABLE_BYTES)
        .setMaxWriteBufferNumber(MAP_MEMTABLES)
        .setTableFormatConfig(table);
  }

  private static <T extends AbstractImmutableNativeReference> T keep(
      Deque<AbstractImmutableNativeReference> natives, T created) {
    natives.push(created);
    return created;
  }

  /** Closes in reverse order of opening; nothing else may use the database meanwhile. */
  @Override
  public void close() {
    natives.forEach(AbstractImmutableNativeReference::close);
  }
}
