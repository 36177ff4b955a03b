package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files below a root, and everything below a root that is none. */
final class FileOriginIT {
  private static final byte[] CONTENT = new byte[1_000];

  @TempDir private Path directory;
  private Path root;
  private Path film;
  private FileOrigin origin;

  @BeforeEach
  void prepare() throws Exception {
    new Random(9).nextBytes(CONTENT);
    root = Files.createDirectory(directory.resolve("root"));
    film = Files.write(root.resolve("a ä.mp4"), CONTENT);
    origin = new FileOrigin(new OriginAllowList(List.of(), List.of(root, Path.of("/dev")), false));
  }

  private void assertFails(URI url, Fault fault, String message) {
    OriginException failure =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> assertThrows(OriginException.class, () -> origin.probe(url)));
    assertEquals(fault, failure.fault(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
  }

  @Test
  void rangeOfAFileIsRead() throws Exception {
    OriginObject object = origin.probe(film.toUri());
    byte[] bytes = new byte[900];
    try (OriginBody body = origin.open(film.toUri(), object, new ByteRange(100, 1_000))) {
      for (int read = 0; read < 900; ) {
        read += body.read(bytes, read, 900 - read);
      }
    }
    assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 1_000), bytes);
  }

  @Test
  void fileThatChangesWhileItIsReadIsFoundAtItsLastByte() throws Exception {
    OriginObject object = origin.probe(film.toUri());
    try (OriginBody body = origin.open(film.toUri(), object, new ByteRange(0, 1_000))) {
      body.read(new byte[500], 0, 500);
      Files.write(film, new byte[] {1}, StandardOpenOption.APPEND);

      OriginException failure =
          assertThrows(OriginException.class, () -> body.read(new byte[500], 0, 500));
      assertEquals(Fault.CHANGED, failure.fault());
    }
  }

  @Test
  void fileThatWasReplacedIsAnotherVersion() throws Exception {
    OriginObject object = origin.probe(film.toUri());
    Path next = Files.write(root.resolve("next"), CONTENT);
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(film));
    Files.delete(film);
    Files.move(next, film);

    OriginException failure =
        assertThrows(
            OriginException.class,
            () -> origin.open(film.toUri(), object, new ByteRange(0, 1)).close());
    assertEquals(Fault.CHANGED, failure.fault());
  }

  @Test
  void linkWithinTheRootIsFollowedAndOneOutOfItIsNot() throws Exception {
    Path inside = Files.createSymbolicLink(root.resolve("inside"), film);
    Path secret = Files.write(directory.resolve("secret"), CONTENT);
    Path outside = Files.createSymbolicLink(root.resolve("outside"), secret);
    Path over = Files.createSymbolicLink(root.resolve("over"), directory);

    assertEquals(1_000, origin.probe(inside.toUri()).lengthBytes());
    assertFails(outside.toUri(), Fault.REFUSED, "the file lies in no allowed root");
    assertFails(over.resolve("secret").toUri(), Fault.REFUSED, "the file lies in no allowed root");
    assertFails(
        URI.create(root.toUri() + "../secret"), Fault.REFUSED, "the file lies in no allowed root");
    assertFails(
        URI.create(root.toUri() + "%2e%2e/secret"),
        Fault.REFUSED,
        "the file lies in no allowed root");
  }

  @Test
  void whatIsNoRegularFileIsRefusedWithoutOpeningIt() throws Exception {
    Path pipe = root.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertTrue(mkfifo.waitFor(20, TimeUnit.SECONDS) && mkfifo.exitValue() == 0);

    assertFails(pipe.toUri(), Fault.REFUSED, "not a regular file");
    assertFails(root.toUri(), Fault.REFUSED, "not a regular file");
    assertFails(URI.create("file:///dev/zero"), Fault.REFUSED, "not a regular file");
    assertFails(URI.create("file:///dev/null"), Fault.REFUSED, "not a regular file");
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    assertFails(root.resolve("none").toUri(), Fault.REJECTED, "no such file");
    assertFails(URI.create(root.toUri() + "a%00b"), Fault.REFUSED, "not a file URL");
    assertFails(URI.create("file:relative"), Fault.REFUSED, "not a file URL");
    assertFails(URI.create("file://host/film"), Fault.REFUSED, "a file URL with a host");
    Path loop = root.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertFails(loop.toUri(), Fault.UNREACHABLE, "cannot read the file");
  }
}
