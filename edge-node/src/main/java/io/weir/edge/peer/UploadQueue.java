package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PieceRead;
import io.weir.protocol.wire.WireMessage;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From one peer's requests to its blocks. Each request is answered once, by its block or a reject,
 * not always in order: blocks of hot pieces leave at once, others when their piece has been read,
 * by one read however many of its blocks are asked for.
 *
 * <p>It owns no buffer between calls: what cannot be written yet stays a request, and its piece is
 * looked up again. Bounds: the ledger's requests, {@value #MAX_READS} reads, and {@link
 * BlockWriter}'s.
 *
 * <p>Confined to the channel's event loop. Its methods queue; the caller flushes, but for what
 * arrives later by a read, which is flushed here.
 */
final class UploadQueue {
  /** Pieces read for one peer at a time. */
  static final int MAX_READS = 8;

  /** A piece that cannot be had is asked for once more after this, then refused. */
  static final long RETRY_SECONDS = 2;

  private static final PieceRead BROKEN_READ = new PieceRead.Unavailable("the read failed");

  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final Pieces pieces;
  private final RequestLedger ledger;
  private final boolean fast;
  private final PeerMetrics metrics;
  private final BlockWriter writer;

  /**
   * The queue of one peer.
   *
   * @param registered the content as it is registered at the time, null once it is withdrawn
   * @param fast whether the peer understands rejects
   */
  UploadQueue(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      RequestLedger ledger,
      boolean fast,
      PeerMetrics metrics) {
    this.connection = connection;
    this.registered = registered;
    this.pieces = pieces;
    this.ledger = ledger;
    this.fast = fast;
    this.metrics = metrics;
    this.writer = new BlockWriter(connection.channel(), metrics, this::serveAndFlush);
  }

  /** Notes a request for a block within the content; {@link #serve} answers it. */
  void request(Block block) throws PeerViolation {
    if (!ledger.offer(block) && !reject(block)) {
      throw new PeerViolation(CloseReason.REQUEST_FLOOD, ledger.size() + " requests unanswered");
    }
  }

  /** Withdraws a request; BEP 6 wants even that answered. */
  void cancel(Block block) {
    if (ledger.cancel(block)) {
      reject(block);
    }
  }

  /** Says that a request will not be answered; false to a peer that does not understand. */
  boolean reject(Block block) {
    if (fast) {
      metrics.rejects.increment();
      connection.write(
          new WireMessage.RejectRequest(block.piece(), block.begin(), block.lengthBytes()));
    }
    return fast;
  }

  /** Answers what can be answered now, and starts reads for the rest as far as bounds allow. */
  void serve() {
    CachedContent content = registered.get();
    if (content == null) {
      connection.close(CloseReason.CONTENT_WITHDRAWN, "");
      return;
    }
    Block block = ledger.next();
    while (block != null && writer.mayWrite(block.piece()) && serve(content, block)) {
      block = ledger.next();
    }
  }

  /** Forgets all requests. */
  void close() {
    ledger.clear();
  }

  private void serveAndFlush() {
    if (connection.isOpen()) {
      serve();
      connection.flush();
    }
  }

  private boolean serve(CachedContent content, Block block) {
    if (ledger.isReading(block.piece())) {
      ledger.awaitRead(block);
      return true;
    }
    ByteBuf hot = pieces.hot(content, block.piece());
    if (hot != null) {
      writeRun(block, hot);
    } else if (ledger.piecesReading() < MAX_READS) {
      ledger.awaitRead(block);
      read(content, block.piece(), true);
    } else {
      return false;
    }
    // Clients begin a piece at its beginning: that is when the next one's fill is to start.
    if (block.begin() == 0 && block.piece() + 1 < content.metainfo().pieceCount()) {
      pieces.prefetch(content, block.piece() + 1);
    }
    return true;
  }

  /** Writes this block and those after it of the same piece; takes ownership of the piece. */
  private void writeRun(Block first, ByteBuf piece) {
    try {
      Block block = first;
      do {
        writer.write(block, piece);
        ledger.answered(block);
        block = ledger.next();
      } while (block != null && block.piece() == first.piece() && writer.mayWrite(block.piece()));
    } finally {
      piece.release();
    }
  }

  private void read(CachedContent content, int piece, boolean mayRetry) {
    EventLoop loop = connection.channel().eventLoop();
    var unused =
        pieces
            .read(content, piece)
            .whenComplete(
                (answer, failure) -> {
                  PieceRead read = answer == null ? BROKEN_READ : answer;
                  try {
                    loop.execute(() -> onRead(piece, read, mayRetry));
                  } catch (RejectedExecutionException e) {
                    release(read);
                  }
                });
  }

  /** Takes ownership of what was found. */
  private void onRead(int piece, PieceRead read, boolean mayRetry) {
    if (!connection.isOpen()) {
      release(read);
    } else if (read instanceof PieceRead.Found found) {
      onFound(piece, found.bytes());
      serveAndFlush();
    } else if (mayRetry) {
      var unused =
          connection
              .channel()
              .eventLoop()
              .schedule(() -> readAgain(piece), RETRY_SECONDS, TimeUnit.SECONDS);
    } else {
      refuse(ledger.endRead(piece), ((PieceRead.Unavailable) read).reason());
      serveAndFlush();
    }
  }

  /** Takes ownership of the piece. */
  private void onFound(int piece, ByteBuf bytes) {
    try {
      for (Block block : ledger.endRead(piece)) {
        if (writer.isWritable()) {
          writer.write(block, bytes);
        } else {
          ledger.requeue(block);
        }
      }
    } finally {
      bytes.release();
    }
  }

  private void readAgain(int piece) {
    CachedContent content = registered.get();
    if (connection.isOpen() && content != null) {
      read(content, piece, false);
    }
  }

  private void refuse(List<Block> blocks, String reason) {
    for (Block block : blocks) {
      if (!reject(block)) {
        connection.close(CloseReason.PIECE_UNAVAILABLE, reason);
        return;
      }
    }
  }

  private static void release(PieceRead read) {
    if (read instanceof PieceRead.Found found) {
      found.bytes().release();
    }
  }
}
