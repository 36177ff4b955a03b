package io.weir.control.db;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.Content.NextVersion;
import io.weir.control.catalogue.ContentId;
import io.weir.control.db.AdapterCommands.Command;
import io.weir.control.db.AdapterCommands.Kind;
import org.jdbi.v3.core.Handle;

/** What making and superseding versions have in common, each within a transaction. */
final class Versions {
  private Versions() {}

  /** A number that no version of this content ever had. */
  static int next(Handle handle, ContentId id) {
    return handle
        .createQuery(
            """
            INSERT INTO content_version (content_id, last_version) VALUES (:id, 1)
            ON CONFLICT (content_id) DO UPDATE SET last_version = content_version.last_version + 1
            RETURNING last_version
            """)
        .bind("id", id.value())
        .mapTo(Integer.class)
        .one();
  }

  /** Has every version that a content still has at an adapter forgotten there. */
  static void forgetAll(Handle handle, Content content) {
    forget(handle, content.adapter(), content.id(), content.version());
    NextVersion next = content.next();
    if (next != null) {
      forget(handle, next.adapter(), content.id(), next.version());
    }
  }

  /** Has a version forgotten at its adapter. */
  static void forget(Handle handle, String adapter, ContentId id, int version) {
    AdapterCommands.add(handle, new Command(adapter, id.value(), version, Kind.FORGET));
  }
}
