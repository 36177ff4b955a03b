package io.weir.control.db;

import io.weir.control.node.Node;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a row of the table {@code node}. */
final class NodeRow {
  private NodeRow() {}

  static Node map(ResultSet row, StatementContext context) throws SQLException {
    return new Node(
        new NodeRegistration(
            new NodeEndpoints(
                row.getString("id"),
                row.getString("http"),
                row.getString("peer"),
                row.getString("udp_tracker"),
                row.getString("admin")),
            row.getLong("store_capacity_bytes"),
            row.getString("software_version")),
        Instant.ofEpochMilli(row.getLong("registered_at")));
  }
}
