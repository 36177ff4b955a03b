package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.weir.edge.fixture.Catalogues;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.CatalogueSnapshot;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.ExtendedHandshake;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One session on a channel without a socket, seen from the peer's end. */
final class SessionRig implements AutoCloseable {
  static final byte[] OUR_ID = "-WR0010-abcdefghijkl".getBytes(StandardCharsets.US_ASCII);
  static final byte[] THEIR_ID = "-XX0000-abcdefghijkl".getBytes(StandardCharsets.US_ASCII);
  static final int PIECES = 20;
  static final int LIMIT = 100;
  static final long BUDGET_BYTES = 1 << 20;

  /** Made once: rigs are made by the thousand. */
  private static final TestContent FILM = TestContent.ofPieces("film", 1, PIECES);

  final CountedBuffers buffers;
  final int pieceCount;
  final TestContent film;
  final Catalogue catalogue;
  final FakePieces pieces;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final PeerMetrics metrics = new PeerMetrics(registry);
  final Socket socket = new Socket();
  final EmbeddedChannel channel = new EmbeddedChannel(socket);
  final SendBudget budget = new SendBudget(BUDGET_BYTES);
  long nowNanos;

  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

  /** Stands for the socket: counts flushes, and takes nothing while it is stuck. */
  static final class Socket extends ChannelOutboundHandlerAdapter {
    int flushes;
    boolean stuck;

    @Override
    public void flush(ChannelHandlerContext ctx) {
      flushes++;
      if (!stuck) {
        ctx.flush();
      }
    }
  }

  SessionRig() {
    this(new CountedBuffers());
  }

  /** With a pool that other rigs have used before. */
  SessionRig(CountedBuffers buffers) {
    this(buffers, PIECES);
  }

  private SessionRig(CountedBuffers buffers, int pieceCount) {
    this.buffers = buffers;
    this.pieceCount = pieceCount;
    this.film = pieceCount == PIECES ? FILM : TestContent.ofPieces("film", 1, pieceCount);
    this.catalogue = Catalogues.of(Catalogues.content(film));
    this.pieces = new FakePieces(buffers, film);
    PeerLimits limits =
        new PeerLimits(
            10,
            10,
            LIMIT,
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            Duration.ofSeconds(100));
    channel.freezeTime();
    channel.config().setAllocator(buffers.allocator());
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(256 << 10, 1 << 20));
    PeerConnection connection =
        new PeerConnection(
            channel,
            new InetSocketAddress("192.0.2.7", 50_000),
            new InetSocketAddress("192.0.2.1", 6881),
            metrics,
            new CloseLog(() -> nowNanos));
    channel
        .pipeline()
        .addLast(
            new HandshakeHandler(
                connection,
                new SessionFactory(
                    catalogue,
                    pieces,
                    limits,
                    () -> nowNanos,
                    new Random(1),
                    new UploadShares(budget),
                    metrics,
                    "Weir/test"),
                OUR_ID,
                null));
  }

  /** A peer that came while the source was down and only these pieces were stored. */
  static SessionRig honest(Map<String, Integer> extensions, int... stored) {
    SessionRig rig = new SessionRig();
    rig.greetHonestly(extensions, stored);
    return rig;
  }

  /** The same, with nothing stored of a content of this many pieces. */
  static SessionRig honest(int pieceCount) {
    SessionRig rig = new SessionRig(new CountedBuffers(), pieceCount);
    rig.greetHonestly(Map.of());
    return rig;
  }

  private void greetHonestly(Map<String, Integer> extensions, int... stored) {
    pieces.healthy = false;
    Arrays.stream(stored).forEach(pieces.stored::set);
    handshake(true, true);
    send(extendedHandshake(extensions, false), new WireMessage.Interested());
    readHandshake();
    read();
  }

  /** A peer that has shaken hands and is interested; what it was sent so far is read. */
  static SessionRig serving(boolean fast) {
    return serving(fast, PIECES);
  }

  /** The same, of a content of this many pieces. */
  static SessionRig serving(boolean fast, int pieceCount) {
    SessionRig rig = new SessionRig(new CountedBuffers(), pieceCount);
    rig.handshake(fast, false);
    rig.send(new WireMessage.Interested());
    rig.readHandshake();
    rig.read();
    rig.socket.flushes = 0;
    return rig;
  }

  /**
   * A peer that is interested, speaks BEP 6 and understands these extensions; what it was sent so
   * far is read.
   */
  static SessionRig serving(Map<String, Integer> extensions) {
    SessionRig rig = new SessionRig();
    rig.handshake(true, true);
    rig.send(extendedHandshake(extensions, false), new WireMessage.Interested());
    rig.readHandshake();
    rig.read();
    return rig;
  }

  static WireMessage extendedHandshake(Map<String, Integer> extensions, boolean uploadOnly) {
    return new WireMessage.Extended(
        0,
        ByteBuffer.wrap(
            new ExtendedHandshake(extensions, null, null, uploadOnly, null, null, null).encode()));
  }

  void handshake(boolean fast, boolean extended) {
    handshake(film.cached().metainfo().infoHash(), fast, extended);
  }

  void handshake(InfoHash infoHash, boolean fast, boolean extended) {
    ByteBuffer out = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    new Handshake(infoHash, THEIR_ID, fast, extended).encode(out);
    sendBytes(out.array());
  }

  /** Sends messages so that one read brings them all. */
  void send(WireMessage... messages) {
    int lengthBytes = Arrays.stream(messages).mapToInt(WireCodec::encodedLengthBytes).sum();
    ByteBuffer out = ByteBuffer.allocate(lengthBytes);
    for (WireMessage message : messages) {
      WireCodec.encode(message, out);
    }
    sendBytes(out.array());
  }

  void sendBytes(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  void passTime(Duration time) {
    nowNanos += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  /** Lets the socket take nothing, and the channel see that it does not. */
  void stick() {
    socket.stuck = true;
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
    send(new WireMessage.HashRequest(ByteBuffer.allocate(WireMessage.HASH_RANGE_BYTES)));
    channel.runPendingTasks();
    assertEquals(false, channel.isWritable());
  }

  /** Lets the socket take everything again. */
  void unstick() {
    socket.stuck = false;
    channel.flush();
    channel.runPendingTasks();
  }

  Handshake readHandshake() {
    collect();
    byte[] all = unread.toByteArray();
    unread.reset();
    unread.write(all, Handshake.LENGTH_BYTES, all.length - Handshake.LENGTH_BYTES);
    try {
      return Handshake.decode(ByteBuffer.wrap(all, 0, Handshake.LENGTH_BYTES));
    } catch (WireException e) {
      throw new AssertionError(e);
    }
  }

  /** What was sent since it was last read. */
  List<WireMessage> read() {
    collect();
    ByteBuffer in = ByteBuffer.wrap(unread.toByteArray());
    unread.reset();
    List<WireMessage> messages = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        int lengthBytes = in.getInt();
        messages.add(WireCodec.decode(in.slice(in.position(), lengthBytes)));
        in.position(in.position() + lengthBytes);
      }
    } catch (WireException e) {
      throw new AssertionError(e);
    }
    return messages;
  }

  /** The block as the session should send it. */
  WireMessage.Piece block(int piece, int begin, int lengthBytes) {
    return new WireMessage.Piece(
        piece, begin, ByteBuffer.wrap(film.piece(piece)).slice(begin, lengthBytes));
  }

  void withdraw() {
    catalogue.replace(CatalogueSnapshot.empty());
  }

  void assertOpen() {
    assertEquals(List.of(), closes());
    assertEquals(true, channel.isOpen());
  }

  void assertClosed(CloseReason reason) {
    channel.runPendingTasks();
    assertEquals(List.of(reason.label()), closes());
    assertEquals(false, channel.isOpen());
  }

  /** Why the session ended; empty while it is open. */
  List<String> closes() {
    return registry.find("weir.peer.closes").counters().stream()
        .filter(counter -> counter.count() > 0)
        .map(SessionRig::labelTimesCount)
        .toList();
  }

  private static String labelTimesCount(Counter counter) {
    String label = counter.getId().getTag("reason");
    return counter.count() == 1 ? label : label + " × " + counter.count();
  }

  private void collect() {
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      byte[] bytes = TestContent.bytesOf(sent);
      unread.write(bytes, 0, bytes.length);
      sent.release();
    }
  }

  /** Ends everything and proves that nothing is left. */
  @Override
  public void close() {
    socket.stuck = false;
    var unused = channel.close();
    channel.runPendingTasks();
    collect();
    pieces.close();
    assertEquals(0, metrics.sessions.get(), "sessions");
    assertEquals(0, buffers.active(), "buffers not released");
  }
}
