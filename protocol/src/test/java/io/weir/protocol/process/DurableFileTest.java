package io.weir.protocol.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  private static final byte[] OLD = {1, 2, 3};
  private static final byte[] NEW = {4};

  @TempDir private Path dir;
  private Path file;

  @BeforeEach
  void writeOld() throws IOException {
    file = dir.resolve("file");
    DurableFile.write(file, OLD);
  }

  @Test
  void fileIsReplacedAndNothingIsLeftBesideIt() throws IOException {
    DurableFile.write(file, NEW);
    assertArrayEquals(NEW, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void leftoverOfACrashIsWrittenOver() throws IOException {
    Files.write(dir.resolve("file.new"), new byte[100]);
    DurableFile.write(file, NEW);
    assertArrayEquals(NEW, Files.readAllBytes(file));
  }

  @Test
  void failedWriteKeepsTheOldBytes() throws IOException {
    Files.createDirectory(dir.resolve("file.new"));
    assertThrows(IOException.class, () -> DurableFile.write(file, NEW));
    assertArrayEquals(OLD, Files.readAllBytes(file));
  }
}
