package io.weir.control.db;

import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * The outbox: what origin adapters have still to be told. A command is written in the transaction
 * that it follows from and stays until it was delivered, so neither a crash nor an unreachable
 * adapter loses it. Commands are idempotent, since a crash may deliver one twice.
 */
public final class AdapterCommands {
  private final Database database;

  /** Over an open database. */
  public AdapterCommands(Database database) {
    this.database = database;
  }

  /** What to do with an ingest. */
  public enum Kind {
    /** Give up the spooled bytes: every replica has verified its own. */
    RELEASE,
    /** Forget it all: the version is not current any more. */
    FORGET;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One command.
   *
   * @param adapter base URL of the adapter
   * @param contentId whose ingest
   * @param contentVersion of which version
   * @param kind what to do
   */
  public record Command(String adapter, String contentId, int contentVersion, Kind kind) {}

  /** Undelivered commands for this adapter, at most {@code limit}. */
  public List<Command> pending(String adapter, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM adapter_command WHERE adapter = :adapter
                    ORDER BY content_id, content_version LIMIT :limit
                    """)
                .bind("adapter", adapter)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Command(
                            row.getString("adapter"),
                            row.getString("content_id"),
                            row.getInt("content_version"),
                            Kind.valueOf(row.getString("command").toUpperCase(Locale.ROOT))))
                .list());
  }

  /** Takes a delivered command off. */
  public void delivered(Command command) {
    database.write(
        tx ->
            tx.handle()
                .createUpdate(
                    """
                    DELETE FROM adapter_command
                    WHERE content_id = :id AND content_version = :version AND command = :command
                    """)
                .bind("id", command.contentId())
                .bind("version", command.contentVersion())
                .bind("command", command.kind().word())
                .execute());
  }

  /** Takes off the commands for all adapters but these: nobody will ever deliver them. */
  public int dropAllBut(List<String> adapters) {
    return database.write(
        tx ->
            tx.handle()
                .createUpdate("DELETE FROM adapter_command WHERE adapter NOT IN (<adapters>)")
                .bindList("adapters", adapters)
                .execute());
  }

  /** Adds a command within a transaction; an order to forget takes the place of one to release. */
  static void add(Handle handle, Command command) {
    if (command.kind() == Kind.FORGET) {
      handle.execute(
          "DELETE FROM adapter_command WHERE content_id = ? AND content_version = ?",
          command.contentId(),
          command.contentVersion());
    }
    handle.execute(
        """
        INSERT INTO adapter_command (adapter, content_id, content_version, command)
        VALUES (?, ?, ?, ?)
        """,
        command.adapter(),
        command.contentId(),
        command.contentVersion(),
        command.kind().word());
  }
}
