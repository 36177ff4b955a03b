package io.weir.control.db;

import org.jdbi.v3.core.Handle;

/** One transaction under way, and whether it changed what nodes live on. Confined to its thread. */
final class Transaction {
  private final Handle handle;
  private boolean changedSnapshot;

  Transaction(Handle handle) {
    this.handle = handle;
  }

  Handle handle() {
    return handle;
  }

  /** Gives the snapshot its next version, once however often it is called. */
  void changeSnapshot() {
    if (!changedSnapshot) {
      handle.execute("UPDATE snapshot SET version = version + 1");
      changedSnapshot = true;
    }
  }

  boolean changedSnapshot() {
    return changedSnapshot;
  }
}
