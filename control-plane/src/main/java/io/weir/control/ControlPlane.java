package io.weir.control;

import java.io.IOException;

/** STUB: the composition root of the control plane; embedders' view is fixed. */
public final class ControlPlane implements AutoCloseable {
  /** Binds and starts everything. */
  public static ControlPlane start(ControlPlaneConfig config) throws IOException {
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
