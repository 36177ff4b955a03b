package io.weir.control.db;

import io.weir.control.node.Node;
import io.weir.protocol.control.NodeRegistration;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The registry of edge nodes. */
public final class Nodes {
  /**
   * Nodes that may be registered. Whoever holds the node credential may register one: without a cap
   * a faulty deployment that invents ids would fill the database and every assignment.
   */
  public static final int MAX_NODES = 1_000;

  private final Database database;
  private final Clock clock;

  /** Over an open database. */
  public Nodes(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** How a registration ended. */
  public enum Registered {
    /** A node that was not known. */
    CREATED,
    /** A known node, with other facts than before. */
    UPDATED,
    /** A known node that said nothing new: nothing was written. */
    UNCHANGED,
    /** A node that was not known, beyond {@link #MAX_NODES}. */
    TOO_MANY
  }

  /** Creates or updates the node. */
  public Registered register(NodeRegistration registration) {
    return database.write(tx -> register(tx, registration));
  }

  private Registered register(Transaction tx, NodeRegistration registration) {
    Optional<Node> known = find(tx.handle(), registration.endpoints().id());
    if (known.isPresent() && known.get().registration().equals(registration)) {
      return Registered.UNCHANGED;
    }
    if (known.isEmpty() && count(tx.handle()) >= MAX_NODES) {
      return Registered.TOO_MANY;
    }
    save(tx.handle(), registration);
    tx.changeSnapshot();
    return known.isPresent() ? Registered.UPDATED : Registered.CREATED;
  }

  private void save(Handle handle, NodeRegistration registration) {
    handle
        .createUpdate(
            """
            INSERT INTO node (id, http, peer, udp_tracker, admin, store_capacity_bytes,
                              software_version, registered_at)
            VALUES (:id, :http, :peer, :udpTracker, :admin, :capacity, :software, :now)
            ON CONFLICT (id) DO UPDATE
            SET http = excluded.http, peer = excluded.peer, udp_tracker = excluded.udp_tracker,
                admin = excluded.admin, store_capacity_bytes = excluded.store_capacity_bytes,
                software_version = excluded.software_version
            """)
        .bindMethods(registration.endpoints())
        .bind("capacity", registration.storeCapacityBytes())
        .bind("software", registration.softwareVersion())
        .bind("now", clock.millis())
        .execute();
  }

  private static int count(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM node").mapTo(Integer.class).one();
  }

  /** One node. */
  public Optional<Node> find(String id) {
    return database.read(handle -> find(handle, id));
  }

  private static Optional<Node> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM node WHERE id = :id")
        .bind("id", id)
        .map(NodeRow::map)
        .findOne();
  }

  /** All nodes, by id. */
  public List<Node> all() {
    return database.read(
        handle -> handle.createQuery("SELECT * FROM node ORDER BY id").map(NodeRow::map).list());
  }
}
