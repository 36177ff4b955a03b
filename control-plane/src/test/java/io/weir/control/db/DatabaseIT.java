package io.weir.control.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.ManualClock;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.Source;
import io.weir.control.db.Catalogue.Change;
import io.weir.control.db.Nodes.Registered;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {
  private static final Source SOURCE = source("http://h/a");

  @TempDir private Path dir;
  private Database database;
  private Catalogue catalogue;
  private Nodes nodes;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(dir);
    catalogue = new Catalogue(database, new ManualClock());
    nodes = new Nodes(database, new ManualClock());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void concurrentChangesAreAllKeptAndEachHasAVersionOfItsOwn() throws Exception {
    long before = new Snapshots(database).read().version();
    List<Callable<Change>> changes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ContentId id = new ContentId("content-" + i % 50);
      Source source = source("http://h/" + i);
      changes.add(() -> catalogue.register(id, source, "http://adapter", c -> true));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Change> change : threads.invokeAll(changes)) {
        assertTrue(change.get() instanceof Change.Accepted);
      }
    } finally {
      threads.shutdownNow();
    }
    Snapshots.Snapshot after = new Snapshots(database).read();
    assertEquals(before + 100, after.version());
    assertEquals(50, after.contents().size());
    after.contents().forEach(content -> assertEquals(2, content.version()));
  }

  @Test
  void listenersHearOfChangesOfTheSnapshotOnly() {
    AtomicInteger heard = new AtomicInteger();
    database.onSnapshotChanged(heard::incrementAndGet);
    ContentId id = new ContentId("a");
    catalogue.register(id, SOURCE, "http://adapter", c -> true);
    assertEquals(1, heard.get());
    catalogue.register(id, SOURCE, "http://adapter", c -> true);
    catalogue.register(id, SOURCE, "http://other", c -> false);
    assertEquals(1, heard.get());
    catalogue.delete(id, c -> true);
    catalogue.delete(id, c -> true);
    assertEquals(2, heard.get());
  }

  @Test
  void nodesBeyondTheBoundAreRefusedButKnownOnesMayChange() {
    for (int i = 0; i < Nodes.MAX_NODES; i++) {
      assertEquals(Registered.CREATED, nodes.register(node("edge-" + i, 1)));
    }
    assertEquals(Registered.TOO_MANY, nodes.register(node("one-more", 1)));
    assertEquals(Registered.UNCHANGED, nodes.register(node("edge-0", 1)));
    assertEquals(Registered.UPDATED, nodes.register(node("edge-0", 2)));
  }

  private static Source source(String url) {
    return Source.ofObject(Origin.ofObject(url), new FileName("a"));
  }

  private static NodeRegistration node(String id, long capacity) {
    return new NodeRegistration(
        new NodeEndpoints(id, "http://h:1", "h:1", "udp://h:1", "http://h:1"), capacity, "test");
  }
}
