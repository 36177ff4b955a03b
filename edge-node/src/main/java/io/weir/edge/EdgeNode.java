package io.weir.edge;

import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;

/** STUB: the composition root of the edge; embedders' view is fixed. */
public final class EdgeNode implements AutoCloseable {
  /** Binds and starts everything; returns once listeners are bound. */
  public static EdgeNode start(EdgeConfig config) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Where it is reached, ports resolved. */
  public NodeEndpoints endpoints() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of content sent over HTTP bodies, ever in this process. */
  public long httpContentBytesSent() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of blocks sent over peer wire, ever in this process. */
  public long swarmContentBytesSent() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
