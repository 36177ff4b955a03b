package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.weir.edge.cache.PartRead;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends one body, run by run, as fast as the client takes it. At most one part of a piece, or one
 * open file, is held for a connection, shared with all that read it; but the last {@link
 * #GATHER_BYTES}, which is all of a small body, leave in one write, whatever parts they lie in.
 *
 * <p>Everything happens on the connection's I/O thread, which is never blocked: a part that is not
 * at hand is awaited, and its arrival handed to that thread. A part that cannot be had makes the
 * answer 503 while nothing is sent yet; later it closes the connection, so that the client sees
 * fewer bytes than were announced.
 *
 * <p>A body that is hot and that the socket takes whole is sent within the handler's call: head and
 * body in one system call, and nothing is registered or scheduled for it.
 */
final class BodyWriter {
  /** What is left of a body is gathered into one write from here on. */
  static final int GATHER_BYTES = 256 * 1024;

  /** After so many bytes other connections of the thread get their turn. */
  private static final long TURN_BYTES = 4L << 20;

  private static final Logger log = LoggerFactory.getLogger(BodyWriter.class);

  private final HttpServerExchange exchange;
  private final BodyCursor cursor;
  private final SendBuffers sendBuffers;
  private final HttpMetrics metrics;
  private final UnsentRuns unsent = new UnsentRuns();

  private @Nullable OpenBody open;
  private SendBuffers.@Nullable OfConnection sendBuffer;
  private @Nullable CompletableFuture<PartRead> awaited;
  private @Nullable StreamSinkChannel channel;
  private boolean inCall;
  private boolean isAwaiting;
  private boolean ended;

  BodyWriter(
      HttpServerExchange exchange,
      BodyCursor cursor,
      SendBuffers sendBuffers,
      HttpMetrics metrics) {
    this.exchange = exchange;
    this.cursor = cursor;
    this.sendBuffers = sendBuffers;
    this.metrics = metrics;
  }

  /** Begins, within the handler's call. */
  void start() {
    inCall = true;
    advance();
    inCall = false;
    if (!ended) {
      open = OpenBody.of(exchange.getConnection());
      open.begin(this);
    }
  }

  /** The connection is gone: lets go of what is held. */
  void onClosed() {
    if (!ended) {
      metrics.onAborted();
      end();
    }
  }

  private void advance() {
    if (isAwaiting) {
      return; // what is read goes next, whatever the socket would take
    }
    try {
      long turnBytes = 0;
      while (!ended) {
        if (unsent.isEmpty() && !gather()) {
          finishOrAwait();
          return;
        }
        StreamSinkChannel out = channel();
        long written = write(out);
        turnBytes += written;
        if (!unsent.isEmpty() && isFull(written)) {
          sendBuffer().onFull();
          out.resumeWrites();
          return;
        }
        if (turnBytes >= TURN_BYTES) {
          out.resumeWrites();
          return;
        }
      }
    } catch (IOException e) {
      log.debug("client gone content={} cause={}", cursor.contentId(), e.toString());
      onClosed();
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** Whether there is something to send now. */
  private boolean gather() {
    boolean small = cursor.remainingBytes() <= GATHER_BYTES;
    BodyRun run = cursor.next();
    while (run != null) {
      unsent.add(run);
      run = small ? cursor.next() : null;
    }
    return !unsent.isEmpty();
  }

  private long write(StreamSinkChannel out) throws IOException {
    long before = unsent.contentBytes();
    try {
      long written = unsent.writeTo(out);
      if (sendBuffer != null) {
        sendBuffer.onTaken(written);
      }
      return written;
    } finally {
      metrics.onContentSent(before - unsent.contentBytes());
    }
  }

  /**
   * Whether a write that left something unsent met a full socket. TLS writes no more than a buffer
   * of records at a time, however much the socket would take.
   */
  private boolean isFull(long written) {
    return written == 0 || !exchange.isSecure();
  }

  private SendBuffers.OfConnection sendBuffer() {
    if (sendBuffer == null) {
      sendBuffer = sendBuffers.of((HttpServerConnection) exchange.getConnection());
    }
    return sendBuffer;
  }

  private void finishOrAwait() {
    if (channel != null) {
      channel.suspendWrites();
    }
    if (cursor.remainingBytes() == 0) {
      end();
      exchange.endExchange();
      return;
    }
    isAwaiting = true;
    if (inCall) {
      // A handler that returns with nothing dispatched or resumed has ended its exchange.
      exchange.dispatch(SameThreadExecutor.INSTANCE, this::await);
    } else {
      await();
    }
  }

  private void await() {
    CompletableFuture<PartRead> read = cursor.read();
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
    isAwaiting = false;
    if (ended) {
      releaseUnwanted(read);
    } else if (read instanceof PartRead.Found found) {
      unsent.add(cursor.take(found.bytes()));
      advance();
    } else if (read instanceof PartRead.Unavailable unavailable) {
      onUnavailable(unavailable.reason());
    }
  }

  private void onUnavailable(String reason) {
    log.debug("part unavailable content={} reason={}", cursor.contentId(), reason);
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

  private StreamSinkChannel channel() {
    if (channel == null) {
      channel = exchange.getResponseChannel();
      channel.getWriteSetter().set(ready -> advance());
    }
    return channel;
  }

  private void end() {
    ended = true;
    if (open != null) {
      open.end();
    }
    if (sendBuffer != null) {
      sendBuffer.onAllSent();
    }
    if (awaited != null) {
      awaited.cancel(false);
    }
    unsent.release();
  }

  private static void releaseUnwanted(PartRead read) {
    if (read instanceof PartRead.Found found) {
      found.bytes().release();
    }
  }
}
