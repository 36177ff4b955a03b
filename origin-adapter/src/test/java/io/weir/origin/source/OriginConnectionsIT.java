package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.origin.metrics.ReadReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections: how many, for how long one is waited for, and what closing does to them. */
final class OriginConnectionsIT {
  private final OriginBench bench = new OriginBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void readsOfOneOriginShareItsConnections() throws Exception {
    bench.open();
    try (RawOrigin origin = new RawOrigin(OriginBench::oneByte)) {
      for (int i = 0; i < 10; i++) {
        bench.read(origin.url());
      }
      assertEquals(1, origin.connections());
      assertEquals(20, origin.asks().size());
    }
  }

  @Test
  void noMoreConnectionsAreOpenedThanTheLimitAndTheNextIsToldSo() throws Exception {
    bench.connectionsPerHost = 2;
    bench.stall = Duration.ofMillis(700);
    OriginReader reader = bench.open();
    try (RawOrigin origin =
        new RawOrigin(
            (ask, wire) -> {
              if (ask.method().equals("HEAD")) {
                OriginBench.oneByte(ask, wire);
              } else {
                wire.head(
                    "HTTP/1.1 206 Partial Content",
                    "Content-Range: bytes 0-0/1",
                    "Content-Length: 1");
                wire.silence();
              }
            })) {
      OriginObject object = bench.probe(origin.url());
      List<RangeStream> held = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        RangeStream stream = stream(reader, origin.url(), object);
        stream.rangesIgnored();
        held.add(stream);
      }
      assertEquals(2, bench.registry.get("weir.origin.connections").gauge().value());
      try (RangeStream third = stream(reader, origin.url(), object)) {
        OriginException failure = assertThrows(OriginException.class, third::rangesIgnored);
        assertEquals(Fault.TIMEOUT, failure.fault());
        assertEquals(
            "none of the 2 connections to the origin's host became free within 0 s",
            failure.getMessage());
      }
      assertEquals(2, origin.connections());

      held.forEach(RangeStream::close);
      assertEquals(0, bench.registry.get("weir.origin.connections").gauge().value());
      bench.probe(origin.url());
    }
  }

  private static RangeStream stream(OriginReader reader, URI url, OriginObject object) {
    return reader.read(url, object, new ByteRange(0, 1), ReadReason.FILL, () -> {});
  }

  @Test
  void originThatTakesNoConnectionIsGivenUp() throws Exception {
    bench.connect = Duration.ofMillis(300);
    bench.open();
    try (ServerSocket full =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      List<Socket> queued = fill(full);
      OriginException failure =
          assertThrows(
              OriginException.class,
              () -> bench.probe(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/")));
      for (Socket socket : queued) {
        socket.close();
      }
      assertEquals(Fault.TIMEOUT, failure.fault());
      assertEquals("origin did not accept a connection in time", failure.getMessage());
      assertEquals(2, bench.counted("timeout"));
    }
  }

  /** Until the kernel answers no more for a listener that accepts none. */
  private static List<Socket> fill(ServerSocket listener) throws IOException {
    List<Socket> queued = new ArrayList<>();
    while (queued.size() < 100) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 300);
        queued.add(socket);
      } catch (SocketTimeoutException e) {
        socket.close();
        return queued;
      }
    }
    throw new AssertionError("the queue never filled");
  }

  @Test
  void nothingListensIsUnreachable() throws Exception {
    bench.open();
    RawOrigin origin = new RawOrigin(OriginBench::oneByte);
    origin.close();

    OriginException failure = assertThrows(OriginException.class, () -> bench.probe(origin.url()));
    assertEquals(Fault.UNREACHABLE, failure.fault());
    assertEquals(2, bench.counted("unreachable"));
  }

  @Test
  void closingTheReaderEndsReadsThatWait() throws Exception {
    OriginReader reader = bench.open();
    CountDownLatch asked = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            (ask, wire) -> {
              asked.countDown();
              wire.silence();
            })) {
      CompletableFuture<OriginException> failure =
          CompletableFuture.supplyAsync(
              () -> assertThrows(OriginException.class, () -> bench.probe(origin.url())));
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      reader.close();

      failure.get(8, TimeUnit.SECONDS);
      OriginException after = assertThrows(OriginException.class, () -> bench.probe(origin.url()));
      assertEquals(Fault.STOPPED, after.fault(), after.getMessage());
    }
  }

  @Test
  void rangeIsReadIntoTheMiddleOfABuffer() throws Exception {
    OriginReader reader = bench.open();
    try (RawOrigin origin = new RawOrigin(OriginBench::oneByte)) {
      OriginObject object = bench.probe(origin.url());
      ByteBuffer target = ByteBuffer.allocate(3).position(1).limit(2);
      try (RangeStream stream = stream(reader, origin.url(), object)) {
        stream.readFully(target);
      }
      assertEquals(ByteBuffer.wrap(new byte[] {0, 7, 0}), target.clear());
    }
  }
}
