package io.weir.origin.source;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import java.io.IOException;
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
  private final OriginClock clock;
  private final Pace pace;
  private final ReadReason reason;
  private final OriginMetrics metrics;
  private final ReadBudget budget;
  private long position;
  private long end;
  private @Nullable OriginBody body;

  RangeStream(
      Opener opener,
      ByteRange range,
      Attempts attempts,
      ReadLimit limit,
      ReadBounds bounds,
      OriginClock clock,
      ReadReason reason,
      OriginMetrics metrics) {
    this.opener = opener;
    this.attempts = attempts;
    this.clock = clock;
    this.pace = new Pace(bounds.minimumBytesPerSecond(), bounds.rateWindow());
    this.reason = reason;
    this.metrics = metrics;
    this.budget = new ReadBudget(bounds, clock, limit);
    this.position = range.first();
    this.end = range.end();
    budget.expect(range.lengthBytes());
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
    if (newEnd > end) {
      budget.expect(newEnd - end);
      end = newEnd;
    }
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
    budget.check();
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
    budget.expect(position - open.position());
    while (open.position() < position) {
      read(open, skipped, 0, (int) Math.min(skipped.length, position - open.position()));
    }
  }

  private int read(OriginBody open, byte[] target, int offset, int length) throws OriginException {
    budget.check();
    long begunNanos = clock.nanoTime();
    int read;
    try {
      read = open.read(target, offset, length);
    } catch (IOException e) {
      throw HttpFaults.ofBody(e);
    }
    metrics.onOriginBytes(reason, read);
    pace.onRead(clock.nanoTime() - begunNanos, read);
    return read;
  }

  private void onFailure(OriginException failure) throws OriginException {
    disconnect();
    pace.restart();
    metrics.onOriginRequest(failure.fault().name().toLowerCase(Locale.ROOT));
    budget.check();
    attempts.onFailure(failure, budget);
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
