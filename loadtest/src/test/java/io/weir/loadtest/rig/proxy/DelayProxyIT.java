package io.weir.loadtest.rig.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delays are lower bounds, so that a slow machine fails nothing. */
final class DelayProxyIT {
  private static final Duration ROUND_TRIP = Duration.ofMillis(100);

  private final ExecutorService far = Executors.newCachedThreadPool();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    far.shutdownNow();
  }

  @Test
  void byteTakesHalfTheRoundTripEachWayAndConnectingAWholeOne() throws Exception {
    try (DelayProxy proxy = proxy(new Line(ROUND_TRIP, 1 << 20))) {
      long beginNanos = System.nanoTime();
      try (Socket near = connect(proxy);
          Socket atServer = server.accept()) {
        assertTrue(since(beginNanos) >= 100, "connected after " + since(beginNanos));
        near.getOutputStream().write(1);
        beginNanos = System.nanoTime();
        assertEquals(1, atServer.getInputStream().read());
        long there = since(beginNanos);
        assertTrue(there >= 45, "there after " + there);
        beginNanos = System.nanoTime();
        atServer.getOutputStream().write(2);
        assertEquals(2, near.getInputStream().read());
        long back = since(beginNanos);
        assertTrue(back >= 50, "back after " + back);
        beginNanos = System.nanoTime();
        atServer.close();
        assertEquals(-1, near.getInputStream().read());
        assertTrue(since(beginNanos) >= 50, "closed after " + since(beginNanos));
      }
    }
  }

  @Test
  void oneWindowIsUnderWayAtMost() throws Exception {
    int window = 64 << 10;
    int windows = 6;
    byte[] content = new byte[windows * window];
    new Random(1).nextBytes(content);
    try (DelayProxy proxy = proxy(new Line(ROUND_TRIP, window));
        Socket near = connect(proxy);
        Socket atServer = server.accept()) {
      Future<?> sending =
          far.submit(
              (Callable<Void>)
                  () -> {
                    atServer.getOutputStream().write(content);
                    return null;
                  });
      long beginNanos = System.nanoTime();
      byte[] arrived = near.getInputStream().readNBytes(content.length);
      long millis = since(beginNanos);
      assertArrayEquals(content, arrived);
      sending.get(10, TimeUnit.SECONDS);
      assertTrue(millis >= (windows - 1) * 100 - 10, windows + " windows in " + millis + " ms");
    }
  }

  @Test
  void whatWasUnderWayArrivesBeforeTheEnd() throws Exception {
    byte[] content = new byte[300_000];
    new Random(2).nextBytes(content);
    try (DelayProxy proxy = proxy(new Line(Duration.ofMillis(20), 1 << 20));
        Socket near = connect(proxy)) {
      far.execute(
          () -> {
            try (Socket atServer = server.accept();
                OutputStream out = atServer.getOutputStream()) {
              out.write(content);
            } catch (IOException e) {
              // The bytes that do not arrive tell.
            }
          });
      assertArrayEquals(content, near.getInputStream().readAllBytes());
    }
  }

  @Test
  void serverThatIsNotThereClosesTheConnection() throws Exception {
    try (DelayProxy proxy = proxy(new Line(Duration.ofMillis(20), 1 << 20))) {
      server.close();
      try (Socket near = connect(proxy)) {
        assertEquals(-1, near.getInputStream().read());
      }
    }
  }

  @Test
  void lineHasBounds() {
    assertThrows(IllegalArgumentException.class, () -> new Line(Duration.ofMinutes(2), 1));
    assertThrows(IllegalArgumentException.class, () -> new Line(Duration.ofMillis(-1), 1));
    assertThrows(IllegalArgumentException.class, () -> new Line(Duration.ZERO, 0));
  }

  private DelayProxy proxy(Line line) throws IOException {
    return DelayProxy.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        (InetSocketAddress) server.getLocalSocketAddress(),
        line);
  }

  private static Socket connect(DelayProxy proxy) throws IOException {
    return new Socket(proxy.address().getAddress(), proxy.address().getPort());
  }

  private static long since(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
