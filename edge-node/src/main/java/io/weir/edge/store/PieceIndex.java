package io.weir.edge.store;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The index on disk: which pieces are stored and where. Each change is one batch through the
 * write-ahead log, all of it or nothing; the log is not synced. Called only by whoever holds the
 * store's write lock.
 */
final class PieceIndex {
  private final RocksTables tables;

  PieceIndex(RocksTables tables) {
    this.tables = tables;
  }

  /** Enters pieces, and the heads of their versions. */
  void enter(Collection<HeldVersion> versions, Map<HaveMap.PieceName, HaveRow> rows)
      throws IOException {
    write(
        batch -> {
          for (HeldVersion version : versions) {
            batch.put(tables.head, StoreKeys.head(version.ordinal()), StoreKeys.headValue(version));
          }
          for (Map.Entry<HaveMap.PieceName, HaveRow> row : rows.entrySet()) {
            batch.put(
                tables.have,
                StoreKeys.have(row.getKey().ordinal(), row.getKey().piece()),
                StoreKeys.haveValue(row.getValue()));
          }
        });
  }

  /** Deletes pieces. */
  void delete(Collection<HaveMap.PieceName> pieces) throws IOException {
    write(
        batch -> {
          for (HaveMap.PieceName name : pieces) {
            batch.delete(tables.have, StoreKeys.have(name.ordinal(), name.piece()));
          }
        });
  }

  /** Deletes a version and all of its pieces. */
  void delete(long ordinal) throws IOException {
    write(
        batch -> {
          byte[] from = StoreKeys.head(ordinal);
          batch.delete(tables.head, from);
          batch.deleteRange(tables.have, from, StoreKeys.head(ordinal + 1));
        });
  }

  /** Has the disk keep every change so far; the next open replays them. */
  void sync() throws IOException {
    run(() -> tables.db.flushWal(true));
  }

  /** Begins again what a full disk made fail. */
  void resume() throws IOException {
    run(tables::resumeFlushes);
  }

  /** Begins a new log, behind one that may be torn. */
  void startNewLog() throws IOException {
    run(tables::startNewLog);
  }

  /** Writes what only the log has, which spares the next open the log. */
  void flush() throws IOException {
    run(tables::flushAll);
  }

  void close() {
    tables.close();
  }

  private interface Change {
    void addTo(WriteBatch batch) throws RocksDBException;
  }

  private interface Step {
    void run() throws RocksDBException;
  }

  private void write(Change change) throws IOException {
    run(
        () -> {
          try (WriteBatch batch = new WriteBatch()) {
            change.addTo(batch);
            tables.write(batch);
          }
        });
  }

  private static void run(Step step) throws IOException {
    try {
      step.run();
    } catch (RocksDBException e) {
      throw new IOException("piece index: " + e.getMessage(), e);
    }
  }
}
