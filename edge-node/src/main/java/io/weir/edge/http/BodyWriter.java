package io.weir.edge.http;

import io.netty.buffer.ByteBuf;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PartRead;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.piece.Parts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends one body, piece by piece, as fast as the client takes it. Whatever a piece's size, one
 * piece at most is held for a connection, shared with all that read it.
 *
 * <p>Everything happens on the connection's I/O thread, which is never blocked: a piece that is not
 * hot is awaited, and its arrival handed to that thread. A piece that cannot be had makes the
 * answer 503 while nothing is sent yet; later it closes the connection, so that the client sees
 * fewer bytes than were announced.
 */
final class BodyWriter {
  /** After so many bytes other connections of the thread get their turn. */
  private static final long TURN_BYTES = 4L << 20;

  private static final Logger log = LoggerFactory.getLogger(BodyWriter.class);

  private final HttpServerExchange exchange;
  private final PieceCache cache;
  private final CachedContent content;
  private final List<BodyPart> parts;
  private final HttpMetrics metrics;
  private final OpenBody open;

  private int part;
  private long partOffsetBytes;
  private @Nullable ByteBuf held;
  private @Nullable ByteBuffer unsent;
  private @Nullable CompletableFuture<PartRead> awaited;
  private @Nullable StreamSinkChannel channel;
  private boolean ended;

  BodyWriter(
      HttpServerExchange exchange,
      PieceCache cache,
      CachedContent content,
      List<BodyPart> parts,
      HttpMetrics metrics) {
    this.exchange = exchange;
    this.cache = cache;
    this.content = content;
    this.parts = parts;
    this.metrics = metrics;
    this.open = OpenBody.of(exchange.getConnection());
  }

  /** Begins, out of the handler's call, on the I/O thread. */
  void start() {
    open.begin(this);
    advance();
  }

  /** The connection is gone: lets go of the piece. */
  void onClosed() {
    if (!ended) {
      metrics.onAborted();
      end();
    }
  }

  private void advance() {
    try {
      long turnBytes = 0;
      while (!ended) {
        ByteBuffer bytes = unsent != null ? unsent : next();
        if (bytes == null) {
          return;
        }
        StreamSinkChannel out = channel();
        turnBytes += write(out, bytes);
        if (bytes.hasRemaining() || turnBytes >= TURN_BYTES) {
          out.resumeWrites();
          return;
        }
      }
    } catch (IOException e) {
      log.debug("client gone content={} cause={}", content.contentId(), e.toString());
      onClosed();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private int write(StreamSinkChannel out, ByteBuffer bytes) throws IOException {
    int written = out.write(bytes);
    if (held != null) {
      metrics.onContentSent(written);
    }
    if (!bytes.hasRemaining()) {
      release();
    }
    return written;
  }

  /** The bytes to send next, or null where they are awaited or all are sent. */
  private @Nullable ByteBuffer next() {
    if (part == parts.size()) {
      finish();
      return null;
    }
    if (parts.get(part) instanceof BodyPart.Literal literal) {
      part++;
      unsent = ByteBuffer.wrap(literal.bytes());
      return unsent;
    }
    BodyPart.Stretch stretch = (BodyPart.Stretch) parts.get(part);
    int piece = piece(stretch);
    int part = Parts.at(offsetInPiece(stretch));
    ByteBuf hot = cache.hot(content, piece, part);
    if (hot == null) {
      await(piece, part);
      return null;
    }
    return take(hot, stretch, piece);
  }

  /** Takes ownership of the piece. */
  private ByteBuffer take(ByteBuf bytes, BodyPart.Stretch stretch, int piece) {
    int begin = offsetInPiece(stretch) % Parts.BYTES;
    int length =
        (int) Math.min(bytes.readableBytes() - begin, stretch.lengthBytes() - partOffsetBytes);
    held = bytes;
    unsent = bytes.nioBuffer(bytes.readerIndex() + begin, length);
    partOffsetBytes += length;
    if (partOffsetBytes < stretch.lengthBytes()) {
      cache.prefetch(content, Math.min(piece + 1, content.metainfo().pieceCount() - 1));
    } else {
      part++;
      partOffsetBytes = 0;
    }
    return unsent;
  }

  private int offsetInPiece(BodyPart.Stretch stretch) {
    return (int)
        ((stretch.offsetBytes() + partOffsetBytes) % content.metainfo().pieceLengthBytes());
  }

  private void await(int piece, int part) {
    if (channel != null) {
      channel.suspendWrites();
    }
    CompletableFuture<PartRead> read = cache.read(content, piece, part);
    awaited = read;
    var unused = read.thenAccept(this::hand);
  }

  /** Hands what was read to the I/O thread; on whatever thread completes a read. */
  private void hand(PartRead read) {
    try {
      exchange.getIoThread().execute(() -> onRead(read));
    } catch (RejectedExecutionException e) {
      // The listener is closed; the connection's close has ended this body.
      releaseUnwanted(read);
    }
  }

  private void onRead(PartRead read) {
    awaited = null;
    if (ended) {
      releaseUnwanted(read);
    } else if (read instanceof PartRead.Found found) {
      BodyPart.Stretch stretch = (BodyPart.Stretch) parts.get(part);
      take(found.bytes(), stretch, piece(stretch));
      advance();
    } else if (read instanceof PartRead.Unavailable unavailable) {
      onUnavailable(unavailable.reason());
    }
  }

  private void onUnavailable(String reason) {
    log.debug("piece unavailable content={} reason={}", content.contentId(), reason);
    end();
    if (channel == null) {
      metrics.onUnavailable();
      exchange.getResponseHeaders().remove(Headers.ETAG);
      exchange.getResponseHeaders().remove(Headers.CONTENT_RANGE);
      Answers.retryLater(exchange, "content cannot be read now");
    } else {
      metrics.onTruncated();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private int piece(BodyPart.Stretch stretch) {
    return (int)
        ((stretch.offsetBytes() + partOffsetBytes) / content.metainfo().pieceLengthBytes());
  }

  private StreamSinkChannel channel() {
    if (channel == null) {
      channel = exchange.getResponseChannel();
      channel.getWriteSetter().set(ready -> advance());
    }
    return channel;
  }

  private void finish() {
    end();
    if (channel != null) {
      channel.suspendWrites();
    }
    exchange.endExchange();
  }

  private void end() {
    ended = true;
    open.end();
    if (awaited != null) {
      awaited.cancel(false);
    }
    release();
  }

  private void release() {
    unsent = null;
    if (held != null) {
      held.release();
      held = null;
    }
  }

  private static void releaseUnwanted(PartRead read) {
    if (read instanceof PartRead.Found found) {
      found.bytes().release();
    }
  }
}
