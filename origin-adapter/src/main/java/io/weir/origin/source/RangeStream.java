package io.weir.origin.source;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One range of one version of an object, read in order. Where a connection breaks it asks again for
 * the bytes that are still missing, and only those, so that each byte is read once. An origin that
 * ignores ranges is read from its beginning, what comes before is skipped. One thread; closed by
 * whoever opened it.
 */
public final class RangeStream implements AutoCloseable {
  private static final int SKIP_BUFFER_BYTES = 64 * 1024;

  /** Asks the origin for what is missing. */
  @FunctionalInterface
  interface Opener {
    OriginBody open(ByteRange missing) throws OriginException;
  }

  private final Opener opener;
  private final Attempts attempts;
  private final ReadLimit limit;
  private final ReadReason reason;
  private final OriginMetrics metrics;
  private long position;
  private long end;
  private @Nullable OriginBody body;

  RangeStream(
      Opener opener,
      ByteRange range,
      Attempts attempts,
      ReadLimit limit,
      ReadReason reason,
      OriginMetrics metrics) {
    this.opener = opener;
    this.attempts = attempts;
    this.limit = limit;
    this.reason = reason;
    this.metrics = metrics;
    this.position = range.first();
    this.end = range.end();
  }

  /** Whether the origin answers with the whole object although asked for this range. */
  public boolean rangesIgnored() throws OriginException {
    while (true) {
      try {
        return connected().end() > end;
      } catch (OriginException e) {
        onFailure(e);
      }
    }
  }

  /** Goes on to a later end than was asked for; only where ranges are ignored. */
  public void extendTo(long newEnd) {
    end = Math.max(end, newEnd);
  }

  /** Fills the buffer, which is backed by an array; borrows it for the call. */
  public void readFully(ByteBuffer target) throws OriginException {
    if (target.remaining() > end - position) {
      throw new IllegalArgumentException("more than the range has left");
    }
    while (target.hasRemaining()) {
      try {
        OriginBody open = connected();
        int read =
            read(
                open, target.array(), target.arrayOffset() + target.position(), target.remaining());
        target.position(target.position() + read);
        position += read;
      } catch (OriginException e) {
        onFailure(e);
      }
    }
    if (position == end && body != null) {
      disconnect();
      metrics.onOriginRequest("ok");
    }
  }

  private OriginBody connected() throws OriginException {
    limit.check();
    OriginBody open = body;
    if (open == null) {
      open = opener.open(new ByteRange(position, end));
      body = open;
    }
    if (open.position() < position) {
      skip(open);
    }
    return open;
  }

  private void skip(OriginBody open) throws OriginException {
    byte[] skipped = new byte[SKIP_BUFFER_BYTES];
    while (open.position() < position) {
      limit.check();
      read(open, skipped, 0, (int) Math.min(skipped.length, position - open.position()));
    }
  }

  private int read(OriginBody open, byte[] target, int offset, int length) throws OriginException {
    try {
      limit.check();
      int read = open.read(target, offset, length);
      metrics.onOriginBytes(reason, read);
      return read;
    } catch (SocketTimeoutException e) {
      throw new OriginException(Fault.TIMEOUT, "origin stalled within the body", e);
    } catch (IOException e) {
      throw new OriginException(Fault.SHORT, "origin broke off: " + e.getMessage(), e);
    }
  }

  private void onFailure(OriginException failure) throws OriginException {
    disconnect();
    metrics.onOriginRequest(failure.fault().name().toLowerCase(Locale.ROOT));
    limit.check();
    attempts.onFailure(failure);
  }

  private void disconnect() {
    OriginBody open = body;
    body = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // What was read is complete, or its failure is already on its way: this adds nothing.
      }
    }
  }

  @Override
  public void close() {
    disconnect();
  }
}
