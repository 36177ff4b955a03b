package io.weir.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.weir.edge.swarm.CatalogueSnapshot;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownPathsTest {
  private final KnownPaths<String> known = new KnownPaths<>();
  private final CatalogueSnapshot today = CatalogueSnapshot.empty();

  @Test
  void pathIsFoundUnderTheSnapshotItWasLookedUpIn() {
    known.add(today, "/c/a/b", "b");
    assertEquals("b", known.find(today, "/c/a/b"));
    assertNull(known.find(today, "/c/a/c"));
  }

  /** Equal is not enough: another snapshot may have been built from another metainfo. */
  @Test
  void pathIsForgottenWithItsSnapshot() {
    known.add(today, "/c/a/b", "b");
    CatalogueSnapshot tomorrow = CatalogueSnapshot.empty();
    assertNull(known.find(tomorrow, "/c/a/b"));
    known.add(tomorrow, "/c/a/b", "new b");
    assertEquals("new b", known.find(tomorrow, "/c/a/b"));
    assertNull(known.find(today, "/c/a/b"));
  }

  @Test
  void noMorePathsThanTheBoundAreKept() {
    IntStream.rangeClosed(0, KnownPaths.MAX_PATHS).forEach(i -> known.add(today, "/" + i, "x"));
    long kept =
        IntStream.rangeClosed(0, KnownPaths.MAX_PATHS)
            .filter(i -> known.find(today, "/" + i) != null)
            .count();
    assertEquals(1, kept);
  }

  @Test
  void longPathIsNotKept() {
    String longest = "/".repeat(KnownPaths.MAX_PATH_CHARS);
    known.add(today, longest, "x");
    known.add(today, longest + "/", "x");
    assertEquals("x", known.find(today, longest));
    assertNull(known.find(today, longest + "/"));
  }
}
