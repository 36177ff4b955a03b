package io.weir.origin.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A body of which no read takes longer than the limit: then the exchange is cut. One thread. */
final class WatchedStream extends FilterInputStream {
  private final ExchangeWatch watch;
  private final Duration limit;
  private final Runnable cut;

  WatchedStream(InputStream in, ExchangeWatch watch, Duration limit, Runnable cut) {
    super(in);
    this.watch = watch;
    this.limit = limit;
    this.cut = cut;
  }

  @Override
  public int read() throws IOException {
    return watch.within(limit, cut, in::read);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return watch.within(limit, cut, () -> in.read(target, offset, length));
  }
}
