package io.weir.protocol.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one directory. */
class DataDirectoryIT {
  private static final int TOOK = 0;
  private static final int REFUSED = 9;

  @TempDir private Path dir;

  /** The other process. */
  static final class Taker {
    public static void main(String[] args) {
      try {
        DataDirectory.take(Path.of(args[0])).close();
        System.exit(TOOK);
      } catch (IOException e) {
        System.exit(REFUSED);
      }
    }

    private Taker() {}
  }

  @Test
  void ownerKeepsItsDirectoryAlsoAfterRefusingItToAnotherOfItsOwnProcess() throws Exception {
    try (DataDirectory owned = DataDirectory.take(dir)) {
      assertEquals(REFUSED, takeElsewhere());
      assertThrows(IOException.class, () -> DataDirectory.take(dir));
      assertThrows(IOException.class, () -> DataDirectory.take(dir.resolve("..").resolve(dir)));
      assertEquals(REFUSED, takeElsewhere());
    }
    assertEquals(TOOK, takeElsewhere());
  }

  private int takeElsewhere() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Taker.class.getName(),
            dir.toString())
        .inheritIO()
        .start()
        .waitFor();
  }
}
