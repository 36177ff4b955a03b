package io.weir.control.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.weir.protocol.process.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The embedded SQLite database in a data directory that this process owns alone.
 *
 * <p>Write-ahead log, so that readers do not wait for the one writer. Every commit is synced
 * ({@code synchronous=FULL}): what was answered with 202 survives a power cut, and a snapshot
 * version that a node has seen is never handed out twice. Transactions take the write lock when
 * they begin, because one that upgraded later could fail half-way.
 */
public final class Database implements AutoCloseable {
  /** Connections: SQLite has one writer at a time, the others read. */
  static final int POOL_SIZE = 4;

  /** How long a statement waits for another connection's write. */
  static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private final DataDirectory directory;
  private final HikariDataSource dataSource;
  private final Jdbi jdbi;
  private final List<Runnable> snapshotListeners = new CopyOnWriteArrayList<>();

  private Database(DataDirectory directory, HikariDataSource dataSource) {
    this.directory = directory;
    this.dataSource = dataSource;
    this.jdbi = Jdbi.create(dataSource);
  }

  /**
   * Takes the directory, opens the database in it and brings its schema up to date.
   *
   * @throws IOException if the directory cannot be used or another process has it
   */
  public static Database open(Path dataDir) throws IOException {
    DataDirectory directory = DataDirectory.take(dataDir);
    HikariDataSource dataSource = null;
    try {
      dataSource = new HikariDataSource(poolConfig(dataDir.resolve("control-plane.db")));
      Flyway.configure().dataSource(dataSource).load().migrate();
      return new Database(directory, dataSource);
    } catch (RuntimeException e) {
      if (dataSource != null) {
        dataSource.close();
      }
      directory.close();
      throw new IOException("cannot open the database in " + dataDir + ": " + e.getMessage(), e);
    }
  }

  private static HikariConfig poolConfig(Path file) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("control-plane-db");
    config.setJdbcUrl("jdbc:sqlite:" + file);
    config.setMaximumPoolSize(POOL_SIZE);
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("foreign_keys", "true");
    config.addDataSourceProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT_MILLIS));
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    return config;
  }

  /**
   * Has the listener called after every commit that changed the snapshot which nodes live on, on
   * the thread that committed. It must return at once.
   */
  public void onSnapshotChanged(Runnable listener) {
    snapshotListeners.add(listener);
  }

  /** Whether the database answers. */
  public boolean isHealthy() {
    try {
      return read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Runs one query, or several that need not agree with each other. */
  <T> T read(Function<Handle, T> query) {
    return jdbi.withHandle(query::apply);
  }

  /** Runs a transaction: all of it is kept or nothing. */
  <T> T write(Function<Transaction, T> work) {
    Transaction[] transaction = new Transaction[1];
    T result =
        jdbi.inTransaction(
            handle -> {
              transaction[0] = new Transaction(handle);
              return work.apply(transaction[0]);
            });
    if (transaction[0].changedSnapshot()) {
      snapshotListeners.forEach(Runnable::run);
    }
    return result;
  }

  @Override
  public void close() {
    dataSource.close();
    directory.close();
  }
}
