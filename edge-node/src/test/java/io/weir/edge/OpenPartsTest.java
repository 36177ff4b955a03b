package io.weir.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
  private final List<String> closed = new ArrayList<>();
  private final OpenParts parts = new OpenParts();

  @Test
  void partsAreClosedInReverseAndOnce() {
    parts.add(() -> closed.add("store"));
    parts.add(() -> closed.add("cache"));
    parts.add(() -> closed.add("http"));
    parts.close();
    parts.close();
    assertEquals(List.of("http", "cache", "store"), closed);
  }

  @Test
  void partThatDoesNotCloseStopsNoOther() {
    parts.add(() -> closed.add("store"));
    parts.add(
        () -> {
          throw new IllegalStateException("broken");
        });
    parts.close();
    assertEquals(List.of("store"), closed);
  }
}
