package io.weir.edge.peer;

import static io.weir.edge.fixture.Await.until;
import static io.weir.edge.fixture.Literals.at;
import static io.weir.edge.fixture.Literals.ip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.edge.cache.CacheLimits;
import io.weir.edge.cache.CacheMetrics;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.store.MemoryPieceStore;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets and a real cache, over a store and a source of the test's own. */
@Timeout(60)
final class PeerServerIT {
  private static final int PIECES = 40;
  private static final String LOOPBACK = "127.0.0.1";

  private final CountedBuffers buffers = new CountedBuffers();
  private final TestContent film = TestContent.ofPieces("film", 1, PIECES);
  private final Metainfo metainfo = film.cached().metainfo();
  private final InfoHash infoHash = metainfo.infoHash();
  private final FakeSource heldSource = new FakeSource(buffers);
  private final ConcurrentHashMap<Integer, AtomicInteger> sourceReads = new ConcurrentHashMap<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private PieceCache cache;
  private PeerServer server;

  @AfterEach
  void nothingLeaks() {
    server.close();
    cache.close();
    timer.shutdownNow();
    assertEquals(0, buffers.active(), "buffers not released");
    assertEquals(0, registry.get("weir.peer.sessions").gauge().value(), "sessions");
  }

  @Test
  void leecherDownloadsTheWholeContent() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (TestLeecher leecher = new TestLeecher(server.address(), infoHash, true)) {
      assertArrayEquals(film.bytes(), leecher.download(metainfo, 4096));
    }
    server.close();
    assertEquals(film.bytes().length, server.uploadedBytes());
    assertTrue(sourceReads.values().stream().allMatch(reads -> reads.get() == 1));
  }

  @Test
  void leecherWithoutFastExtensionDownloadsByTheV2Hash() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    InfoHash v2 = metainfo.infoHashV2().truncated();
    try (TestLeecher leecher = new TestLeecher(server.address(), v2, false)) {
      assertArrayEquals(film.bytes(), leecher.download(metainfo, 16384));
    }
  }

  @Test
  void drainAnswersWhatWasAskedForThenCloses() throws Exception {
    start(heldSource, PeerLimits.defaults());
    try (TestLeecher leecher = new TestLeecher(server.address(), infoHash, true);
        TestLeecher idle = new TestLeecher(server.address(), infoHash, true)) {
      leecher.send(new WireMessage.Interested());
      leecher.receive(WireMessage.Unchoke.class);
      idle.receive(WireMessage.HaveAll.class);
      leecher.send(new WireMessage.Request(0, 0, 16384));
      until("asked", () -> heldSource.asked().contains(0));
      CompletableFuture<Void> drained = server.drain();
      assertTrue(idle.isClosedBySeed());
      leecher.send(new WireMessage.Request(1, 0, 16384));
      assertEquals(1, leecher.receive(WireMessage.RejectRequest.class).piece());
      assertFalse(drained.isDone());
      // The next piece is prefetched, but nobody is to wait for it.
      heldSource.answer(film.piece(0));
      assertEquals(
          ByteBuffer.wrap(film.piece(0)), leecher.receive(WireMessage.Piece.class).block());
      assertTrue(leecher.isClosedBySeed());
      drained.get();
    }
  }

  @Test
  void leecherThatDoesNotComeIsConnectedTo() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (ServerSocket listening = new ServerSocket(0, 1, ip(LOOPBACK))) {
      server.onLeecherStarted(Catalogues.content(film), at(LOOPBACK, listening.getLocalPort()));
      try (Socket dialled = listening.accept()) {
        byte[] handshake = dialled.getInputStream().readNBytes(Handshake.LENGTH_BYTES);
        assertEquals(infoHash, Handshake.decode(ByteBuffer.wrap(handshake)).infoHash());
        dialled.getOutputStream().write(handshakeOf(infoHash));
        // Its first frame comes only to a peer whose handshake it took.
        assertTrue(dialled.getInputStream().read() >= 0);
      }
    }
  }

  @Test
  void dialledPeerOfAnotherSwarmIsClosed() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (ServerSocket listening = new ServerSocket(0, 1, ip(LOOPBACK))) {
      server.onLeecherStarted(Catalogues.content(film), at(LOOPBACK, listening.getLocalPort()));
      try (Socket dialled = listening.accept()) {
        dialled.getInputStream().readNBytes(Handshake.LENGTH_BYTES);
        dialled.getOutputStream().write(handshakeOf(metainfo.infoHashV2().truncated()));
        assertEquals(-1, dialled.getInputStream().read());
      }
    }
  }

  private static byte[] handshakeOf(InfoHash infoHash) {
    ByteBuffer bytes = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    new Handshake(infoHash, new byte[20], true, true).encode(bytes);
    return bytes.array();
  }

  @Test
  void leecherWithAMagnetLinkGetsTheMetainfo() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (TestLeecher leecher = new TestLeecher(server.address(), infoHash, true)) {
      assertEquals(infoHash, Metainfo.fromInfo(leecher.downloadInfo()).infoHash());
    }
  }

  @Test
  void crowdOnOneColdPieceIsOneReadOfTheSource() throws Exception {
    start(heldSource, PeerLimits.defaults());
    int last = PIECES - 1;
    int lengthBytes = metainfo.pieceLengthBytes(last);
    List<TestLeecher> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        TestLeecher leecher = new TestLeecher(server.address(), infoHash, i % 2 == 0);
        crowd.add(leecher);
        leecher.send(new WireMessage.Interested());
        leecher.receive(WireMessage.Unchoke.class);
        leecher.send(new WireMessage.Request(last, 0, lengthBytes));
      }
      while (heldSource.asked().isEmpty()) {
        Thread.onSpinWait();
      }
      heldSource.answer(film.piece(last));
      for (TestLeecher leecher : crowd) {
        WireMessage.Piece block = leecher.receive(WireMessage.Piece.class);
        assertEquals(ByteBuffer.wrap(film.piece(last)), block.block());
      }
    } finally {
      for (TestLeecher leecher : crowd) {
        leecher.close();
      }
    }
    assertEquals(List.of(last), heldSource.asked());
  }

  @Test
  void connectionsOfOneAddressAreCapped() throws Exception {
    PeerLimits limits = PeerLimits.defaults();
    start(
        this::readAtOnce,
        new PeerLimits(
            10, 2, limits.requests(), limits.handshake(), limits.idle(), limits.keepAlive()));
    try (TestLeecher first = new TestLeecher(server.address(), infoHash, true);
        TestLeecher second = new TestLeecher(server.address(), infoHash, true)) {
      assertThrows(
          Exception.class, () -> new TestLeecher(server.address(), infoHash, true).close());
      first.send(new WireMessage.Interested());
      first.receive(WireMessage.Unchoke.class);
      second.send(new WireMessage.Interested());
      second.receive(WireMessage.Unchoke.class);
    }
  }

  @Test
  void silentConnectionIsClosedAtTheHandshakeDeadline() throws Exception {
    PeerLimits limits = PeerLimits.defaults();
    start(
        this::readAtOnce,
        new PeerLimits(
            10, 10, limits.requests(), Duration.ofMillis(50), limits.idle(), limits.keepAlive()));
    try (Socket silent = new Socket(ip(LOOPBACK), server.address().getPort())) {
      assertEquals(-1, silent.getInputStream().read());
    }
  }

  @Test
  void completePeerIsLetGo() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (TestLeecher seed = new TestLeecher(server.address(), infoHash, true)) {
      seed.send(new WireMessage.HaveAll());
      assertTrue(seed.isClosedBySeed());
    }
  }

  @Test
  void utpIsRefusedOnThePortOfTheSameNumber() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    byte[] syn = HexFormat.of().parseHex("4100abcd00000fa0000000000010000000010000");
    try (DatagramSocket client = new DatagramSocket(at(LOOPBACK, 0))) {
      client.setSoTimeout(10_000);
      client.send(new DatagramPacket(syn, syn.length, server.address()));
      DatagramPacket reset = new DatagramPacket(new byte[64], 64);
      client.receive(reset);
      assertEquals(20, reset.getLength());
      assertEquals(0x31, reset.getData()[0]);
      assertEquals(0xabcd, ByteBuffer.wrap(reset.getData()).getShort(2) & 0xffff);
    }
  }

  @Test
  void takenPortIsAnErrorThatNamesIt() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (ServerSocket taken = new ServerSocket(0, 1, ip(LOOPBACK))) {
      ListenAddress listen = new ListenAddress(LOOPBACK, taken.getLocalPort());
      IOException e =
          assertThrows(
              IOException.class,
              () -> startServer(listen, PeerLimits.defaults(), new SimpleMeterRegistry()));
      assertTrue(e.getMessage().contains(listen.toString()), e.getMessage());
    }
  }

  @Test
  void closingTheServerClosesItsSessions() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (TestLeecher leecher = new TestLeecher(server.address(), infoHash, true)) {
      server.close();
      assertTrue(leecher.isClosedBySeed());
    }
  }

  @Test
  void leecherThatLeavesMidwayLeavesNothingBehind() throws Exception {
    start(this::readAtOnce, PeerLimits.defaults());
    try (TestLeecher leecher = new TestLeecher(server.address(), infoHash, true)) {
      leecher.send(new WireMessage.Interested());
      for (int piece = 0; piece < PIECES - 1; piece++) {
        leecher.send(new WireMessage.Request(piece, 0, TestContent.PIECE_BYTES));
      }
      leecher.receive(WireMessage.Piece.class);
    }
  }

  private void start(PieceSource source, PeerLimits limits) throws IOException {
    cache =
        new PieceCache(
            new MemoryPieceStore(1L << 30, buffers.allocator()),
            source,
            Executors.newFixedThreadPool(2),
            Executors.newSingleThreadExecutor(),
            timer,
            new CacheMetrics(registry),
            CacheLimits.around(1L << 20),
            System::nanoTime);
    server = startServer(new ListenAddress(LOOPBACK, 0), limits, registry);
  }

  private PeerServer startServer(ListenAddress listen, PeerLimits limits, MeterRegistry meters)
      throws IOException {
    return PeerServer.start(
        listen,
        limits,
        Catalogues.of(Catalogues.content(film)),
        cache,
        System::nanoTime,
        new Random(7),
        meters);
  }

  private PieceSource.Reading readAtOnce(PieceSource.Wanted wanted, PieceSource.Receiver receiver) {
    sourceReads.computeIfAbsent(wanted.piece(), p -> new AtomicInteger()).incrementAndGet();
    FakeSource.deliver(buffers.pieceOf(film.piece(wanted.piece())), receiver);
    return () -> {};
  }
}
