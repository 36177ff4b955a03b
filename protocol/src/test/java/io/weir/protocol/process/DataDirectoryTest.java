package io.weir.protocol.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path dir;

  @Test
  void directoryHasOneOwnerAtATime() throws IOException {
    DataDirectory owned = DataDirectory.take(dir);
    IOException refused = assertThrows(IOException.class, () -> DataDirectory.take(dir));
    assertEquals("data-dir " + dir + " is in use by another process", refused.getMessage());
    owned.close();
    DataDirectory.take(dir).close();
  }

  @Test
  void missingDirectoryIsCreated() throws IOException {
    Path missing = dir.resolve("a/b");
    DataDirectory.take(missing).close();
    assertTrue(Files.isDirectory(missing));
  }

  @Test
  void linkToADirectoryIsThatDirectory() throws IOException {
    Path target = Files.createDirectory(dir.resolve("target"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), target);
    try (DataDirectory owned = DataDirectory.take(link)) {
      assertThrows(IOException.class, () -> DataDirectory.take(target));
    }
  }

  @Test
  void unusableDirectoryIsNamed() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    IOException refused = assertThrows(IOException.class, () -> DataDirectory.take(file));
    assertTrue(refused.getMessage().startsWith("data-dir " + file), refused.getMessage());
  }
}
