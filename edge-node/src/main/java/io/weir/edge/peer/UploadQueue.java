package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.weir.edge.cache.CachedContent;
import io.weir.protocol.wire.WireMessage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From one peer's requests to its blocks. Each request is answered once, by its block or a reject,
 * not always in order: blocks of hot pieces leave at once, others when {@link PieceReads} has their
 * piece, or as {@link DeadlineWatch} answers those whose piece does not come.
 *
 * <p>It owns no buffer between calls: what cannot be written yet stays a request, and its piece is
 * looked up again. Bounds: the ledger's requests, the reads of {@link PieceReads}, and {@link
 * BlockWriter}'s.
 *
 * <p>Confined to the channel's event loop. Its methods queue; the caller flushes, but for what
 * arrives later by a read or an alarm, which is flushed here.
 */
final class UploadQueue implements PieceReads.Receiver {
  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final Pieces pieces;
  private final RequestLedger ledger;
  private final Announcements announcements;
  private final ReadAhead readAhead;
  private final boolean fast;
  private final PeerMetrics metrics;
  private final ServingClock clock;
  private final BlockWriter writer;
  private final PieceReads reads;
  private final DeadlineWatch deadlines;
  private boolean finishing;

  /**
   * The queue of one peer.
   *
   * @param registered the content as it is registered at the time, null once it is withdrawn
   * @param fast whether the peer understands rejects
   * @param nanoClock monotonic nanoseconds
   */
  UploadQueue(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      RequestLedger ledger,
      Announcements announcements,
      ReadAhead readAhead,
      boolean fast,
      LongSupplier nanoClock,
      PeerMetrics metrics) {
    this.connection = connection;
    this.registered = registered;
    this.pieces = pieces;
    this.ledger = ledger;
    this.announcements = announcements;
    this.readAhead = readAhead;
    this.fast = fast;
    this.metrics = metrics;
    this.clock = new ServingClock(nanoClock);
    this.writer = new BlockWriter(connection.channel(), metrics, this::serveAndFlush);
    this.reads = new PieceReads(connection, registered, pieces, this);
    this.deadlines =
        new DeadlineWatch(
            connection,
            clock,
            ledger,
            reads,
            announcements,
            new DeadlineRule(fast),
            block -> reject(block, RejectCause.LATE),
            this::serveAndFlush);
  }

  /** Notes a request for a block within the content; {@link #serve} answers it. */
  void request(Block block) throws PeerViolation {
    if (ledger.offer(block, clock.nanos())) {
      return;
    }
    if (!fast) {
      throw new PeerViolation(CloseReason.REQUEST_FLOOD, ledger.size() + " requests unanswered");
    }
    reject(block, RejectCause.FULL);
  }

  /** Withdraws a request; BEP 6 wants even that answered. */
  void cancel(Block block) {
    if (ledger.strike(block)) {
      reject(block, RejectCause.CANCELLED);
      if (!ledger.isWaitedFor(block.piece())) {
        reads.unwant(block.piece());
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
  void onWritability(boolean writable) {
    if (writable) {
      clock.start();
    } else {
      clock.stop();
    }
  }

  /** Answers what can be answered now, and starts reads for the rest as far as bounds allow. */
  void serve() {
    CachedContent content = registered.get();
    if (content == null) {
      connection.close(CloseReason.CONTENT_WITHDRAWN, "");
      return;
    }
    Block block = ledger.next();
    while (block != null && writer.mayWrite(block.piece())) {
      serve(content, block);
      block = ledger.next();
    }
    reads.start(content);
    deadlines.arm();
    if (finishing && ledger.size() == 0) {
      writer.afterLast(() -> connection.close(CloseReason.DRAINED, ""));
    }
  }

  /** Closes the connection once every request that was noted is answered. */
  void finish() {
    finishing = true;
    serve();
  }

  /** Forgets all requests. */
  void close() {
    ledger.clear();
    reads.close();
    deadlines.close();
  }

  private void serveAndFlush() {
    if (connection.isOpen()) {
      serve();
      connection.flush();
    }
  }

  private void serve(CachedContent content, Block block) {
    ByteBuf hot = reads.isComing(block.piece()) ? null : pieces.hot(content, block.piece());
    if (hot != null) {
      writeRun(block, hot);
    } else {
      ledger.await(block);
      reads.want(block.piece());
      reads.start(content); // before what is only read ahead
    }
    readAhead.onRequest(content, block, reads);
  }

  /** Writes this block and those after it of the same piece; takes ownership of the piece. */
  private void writeRun(Block first, ByteBuf piece) {
    try {
      Block block = first;
      do {
        write(block, piece);
        block = ledger.next();
      } while (block != null && block.piece() == first.piece() && writer.mayWrite(block.piece()));
    } finally {
      piece.release();
    }
  }

  private void write(Block block, ByteBuf piece) {
    writer.write(block, piece);
    ledger.strike(block);
  }

  @Override
  public boolean isWaitedFor(int piece) {
    return ledger.isWaitedFor(piece);
  }

  @Override
  public void onPiece(int piece, ByteBuf bytes) {
    announcements.onPiece(piece);
    for (Block block : ledger.arrived(piece)) {
      if (writer.isWritable()) {
        write(block, bytes);
      }
    }
  }

  @Override
  public void onReadEnded() {
    serveAndFlush();
  }
}
