package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.node.Node;
import java.util.List;

/** Reads what nodes live on, whole and consistent. */
public final class Snapshots {
  private final Database database;

  /** Over an open database. */
  public Snapshots(Database database) {
    this.database = database;
  }

  /**
   * One consistent state of the catalogue and the registry.
   *
   * @param version grows with every change; never repeated
   * @param contents those ingesting or ready, by id
   * @param nodes all that are registered, by id
   */
  public record Snapshot(long version, List<Content> contents, List<Node> nodes) {}

  /** The current state; a transaction, because its three queries have to agree. */
  public Snapshot read() {
    return database.write(
        tx ->
            new Snapshot(
                tx.handle().createQuery("SELECT version FROM snapshot").mapTo(Long.class).one(),
                tx.handle()
                    .createQuery(
                        ContentRow.SELECT
                            + " WHERE content.state IN ('ingesting', 'ready') ORDER BY id")
                    .map(ContentRow::map)
                    .list(),
                tx.handle()
                    .createQuery("SELECT * FROM node ORDER BY id")
                    .map(NodeRow::map)
                    .list()));
  }

  /**
   * Counts the current state as a new version. Done at every start, because the configuration,
   * which no table holds, shapes the assignment too.
   */
  public void renew() {
    database.write(
        tx -> {
          tx.changeSnapshot();
          return tx;
        });
  }
}
