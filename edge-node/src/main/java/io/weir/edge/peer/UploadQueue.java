package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.socket.SourcePrefix;
import io.weir.protocol.wire.WireMessage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From one peer's requests to its blocks. Each request is answered once, by its block or a reject,
 * not always in order: blocks of hot pieces leave at once, others when {@link PartReads} has their
 * piece, or as {@link DeadlineWatch} answers those whose piece does not come.
 *
 * <p>Blocks are sent in turns that the loop's peers share ({@link Turns}). A peer asks for one when
 * it has requests to look up, and again when what it was sent has left; a turn is as much as {@link
 * BlockWriter} takes.
 *
 * <p>It owns no buffer between calls: what cannot be written yet stays a request, and its part is
 * looked up again. Bounds: the ledger's requests, the reads of {@link PartReads}, and {@link
 * BlockWriter}'s.
 *
 * <p>Confined to the channel's event loop. Requests and cancels queue their answers for {@link
 * #serve}, which sends them.
 */
final class UploadQueue implements PartReads.Receiver, Turns.Peer {
  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final RequestLedger ledger;
  private final Announcements announcements;
  private final ReadAhead readAhead;
  private final boolean fast;
  private final PeerMetrics metrics;
  private final ServingClock clock;
  private final Turns turns;
  private final SourcePrefix prefix;
  private final PartNumbers numbers;
  private final HotRun hot;
  private final BlockWriter writer;
  private final PartReads reads;
  private final DeadlineWatch deadlines;
  private boolean waitsForTurn;
  private boolean finishing;

  /**
   * The queue of one peer.
   *
   * @param registered the content as it is registered at the time, null once it is withdrawn
   * @param numbers of the content's parts
   * @param fast whether the peer understands rejects
   * @param turns those of the channel's event loop
   * @param budget of the memory that unsent blocks keep
   * @param nanoClock monotonic nanoseconds
   */
  UploadQueue(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      PartNumbers numbers,
      RequestLedger ledger,
      Announcements announcements,
      ReadAhead readAhead,
      boolean fast,
      Turns turns,
      SendBudget budget,
      LongSupplier nanoClock,
      PeerMetrics metrics) {
    this.connection = connection;
    this.registered = registered;
    this.ledger = ledger;
    this.announcements = announcements;
    this.readAhead = readAhead;
    this.fast = fast;
    this.metrics = metrics;
    this.clock = new ServingClock(nanoClock);
    this.turns = turns;
    this.prefix = SourcePrefix.of(connection.remote().getAddress());
    this.numbers = numbers;
    this.hot = new HotRun(pieces, numbers);
    this.writer = new BlockWriter(connection.channel(), budget, metrics, this::onSent);
    this.reads = new PartReads(connection, registered, pieces, numbers, this);
    this.deadlines =
        new DeadlineWatch(
            connection,
            clock,
            ledger,
            reads,
            announcements,
            new DeadlineRule(fast),
            block -> reject(block, RejectCause.LATE),
            this::serve);
  }

  /** Notes a request for a block within the content; {@link #serve} answers it. */
  void request(int piece, int begin, int lengthBytes) throws PeerViolation {
    if (ledger.offer(piece, begin, lengthBytes, clock.nanos())) {
      return;
    }
    if (!fast) {
      throw new PeerViolation(CloseReason.REQUEST_FLOOD, ledger.size() + " requests unanswered");
    }
    reject(new Block(piece, begin, lengthBytes), RejectCause.FULL);
  }

  /** Withdraws a request; BEP 6 wants even that answered. */
  void cancel(Block block) {
    int request = ledger.find(block.piece(), block.begin(), block.lengthBytes());
    if (request != RequestLedger.NONE) {
      int number = ledger.awaited(request);
      ledger.strike(request);
      reject(block, RejectCause.CANCELLED);
      if (number != RequestLedger.NONE && !ledger.isWaitedFor(number)) {
        reads.unwant(number);
      }
    }
  }

  /** Says that a request will not be answered, to a peer that understands. */
  void reject(Block block, RejectCause cause) {
    if (fast) {
      metrics.rejected(cause);
      connection.write(
          new WireMessage.RejectRequest(block.piece(), block.begin(), block.lengthBytes()));
    }
  }

  /** The channel has begun or ceased to take what is written. */
  void onWritability() {
    setClock();
    if (connection.channel().isWritable()) {
      serveSoon();
    }
  }

  /** Blocks that were sent have left. */
  private void onSent() {
    setClock();
    if (ledger.next() != RequestLedger.NONE) {
      serveSoon();
    }
  }

  /** The peer's requests do not grow old while it does not take what it was sent before. */
  private void setClock() {
    boolean takes = ledger.next() == RequestLedger.NONE || !writer.hasUnsent();
    if (takes && connection.channel().isWritable()) {
      clock.start();
    } else {
      clock.stop();
    }
  }

  /** Asks for a turn; the next {@link #serve} sends what is queued by then. */
  void serveSoon() {
    if (!waitsForTurn) {
      waitsForTurn = true;
      turns.add(prefix, this);
    }
  }

  @Override
  public void onTurn() {
    waitsForTurn = false;
    try {
      serve();
    } catch (RuntimeException e) {
      connection.fail(e);
    }
  }

  /**
   * Answers what can be answered now, starts reads for the rest as far as bounds allow, and sends
   * what is queued.
   */
  private void serve() {
    if (!connection.isOpen()) {
      return;
    }
    CachedContent content = registered.get();
    if (content == null) {
      connection.close(CloseReason.CONTENT_WITHDRAWN, "");
      return;
    }
    try {
      int request = ledger.next();
      while (request != RequestLedger.NONE && writer.mayWrite(number(request))) {
        serve(content, request);
        request = ledger.next();
      }
    } finally {
      hot.release();
    }
    reads.start(content);
    deadlines.arm();
    writer.send();
    setClock();
    if (finishing && ledger.size() == 0) {
      writer.afterLast(() -> connection.close(CloseReason.DRAINED, ""));
    }
  }

  /** Closes the connection once every request that was noted is answered. */
  void finish() {
    finishing = true;
    serve();
  }

  /** Some time has passed: a peer that asks for nothing is to cost next to nothing. */
  void rest() {
    if (ledger.size() == 0) {
      ledger.clear();
    }
  }

  /** Forgets all requests. */
  void close() {
    ledger.clear();
    reads.close();
    deadlines.close();
    writer.close();
  }

  /** The number of what a request's block lies in. */
  private int number(int request) {
    return numbers.of(ledger.piece(request), ledger.begin(request), ledger.lengthBytes(request));
  }

  private void serve(CachedContent content, int request) {
    int number = number(request);
    if (hot.covers(number)) {
      write(request, number, hot.bytes());
      return;
    }
    Block block = ledger.block(request);
    if (!reads.isComing(number) && hot.find(content, number)) {
      write(request, number, hot.bytes());
    } else {
      await(content, request, number);
    }
    readAhead.onRequest(content, block, reads);
  }

  private void await(CachedContent content, int request, int number) {
    ledger.await(request, number);
    reads.want(number);
    reads.start(content); // before what is only read ahead
  }

  /** Borrows the bytes, which begin with this part. */
  private void write(int request, int number, ByteBuf bytes) {
    writer.write(
        ledger.piece(request),
        ledger.begin(request),
        ledger.lengthBytes(request),
        number,
        bytes,
        numbers.offsetBytes(number));
    ledger.strike(request);
  }

  @Override
  public boolean isWaitedFor(int number) {
    return ledger.isWaitedFor(number);
  }

  @Override
  public void onPart(int number, ByteBuf bytes) {
    announcements.onPiece(numbers.piece(number));
    for (int request : ledger.arrived(number)) {
      if (writer.mayWrite()) {
        write(request, number, bytes);
      }
    }
  }

  @Override
  public void onReadEnded() {
    serve();
  }
}
