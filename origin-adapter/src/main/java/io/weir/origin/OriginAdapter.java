package io.weir.origin;

import java.io.IOException;

/** STUB: the composition root of the adapter; embedders' view is fixed. */
public final class OriginAdapter implements AutoCloseable {
  /** Binds and starts everything. */
  public static OriginAdapter start(OriginAdapterConfig config) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Base URL, port resolved. */
  public String url() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
