package io.weir.edge.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.NodeEndpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentFilesTest {
  private static final Assignment ASSIGNMENT =
      new Assignment(
          7,
          List.of(
              new AssignedContent(
                  "film", 2, true, "0".repeat(40), null, List.of("a"), "http://adapter")),
          List.of(new NodeEndpoints("a", "http://a", "a:1", "udp://a:2", "http://a:3")));

  @TempDir private Path directory;
  private AssignmentFiles files;

  @BeforeEach
  void open() throws Exception {
    files = new AssignmentFiles(directory);
  }

  @Test
  void whatIsSavedIsThereAfterwards() throws Exception {
    files.save(ASSIGNMENT);
    files.save(new ContentVersion("film", 2), new byte[] {1, 2});
    AssignmentFiles again = new AssignmentFiles(directory);
    assertEquals(ASSIGNMENT, again.assignment());
    assertArrayEquals(new byte[] {1, 2}, again.metainfo(new ContentVersion("film", 2)));
  }

  @Test
  void emptyDirectoryRemembersNothing() {
    assertNull(files.assignment());
    assertNull(files.metainfo(new ContentVersion("film", 2)));
  }

  @Test
  void damagedAssignmentIsAsGoodAsNone() throws Exception {
    files.save(ASSIGNMENT);
    byte[] whole = Files.readAllBytes(directory.resolve("assignment.json"));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
      Files.write(directory.resolve("assignment.json"), damaged);
      assertNull(files.assignment(), "seed=" + seed);
    }
  }

  @Test
  void assignmentOfAnotherShapeIsAsGoodAsNone() throws Exception {
    for (String json :
        List.of(
            "null",
            "{}",
            "[]",
            "{\"version\":1}",
            "{\"version\":1,\"contents\":[null],\"nodes\":[]}",
            "{\"version\":1,\"contents\":[{\"contentId\":\"../x\"}],\"nodes\":[]}")) {
      Files.writeString(directory.resolve("assignment.json"), json);
      assertNull(files.assignment(), json);
    }
  }

  @Test
  void savingLeavesNothingHalfWrittenBehind() throws Exception {
    files.save(ASSIGNMENT);
    files.save(ASSIGNMENT);
    try (var entries = Files.list(directory)) {
      assertEquals(
          Set.of("assignment.json", "metainfo"),
          Set.copyOf(entries.map(entry -> entry.getFileName().toString()).toList()));
    }
  }

  @Test
  void onlyTheVersionsToBeKeptAreKept() throws Exception {
    ContentVersion kept = new ContentVersion("film", 2);
    ContentVersion retired = new ContentVersion("film", 1);
    files.save(kept, new byte[1]);
    files.save(retired, new byte[1]);
    files.keepOnly(Set.of(kept));
    assertTrue(Files.exists(files.metainfoFile(kept)));
    assertFalse(Files.exists(files.metainfoFile(retired)));
  }
}
