package io.weir.loadtest.crowd.peer;

import java.util.BitSet;

/**
 * What a peer knows of one remote: what it has, what was asked of it, who chokes whom. Confined to
 * the peer's event loop.
 */
final class Remote {
  /** Blocks outstanding at another peer. */
  static final int PEER_PIPELINE = 48;

  /** Blocks outstanding at an edge: fewer, so that peers are preferred where both have a piece. */
  static final int EDGE_PIPELINE = 16;

  private final boolean edge;
  private final BitSet has = new BitSet();
  private final RequestPipeline pipeline;
  private boolean peerChoking = true;
  private boolean amInterested;
  private long pausedUntilNanos;

  Remote(boolean edge, long nowNanos) {
    this.edge = edge;
    pipeline = new RequestPipeline(edge ? EDGE_PIPELINE : PEER_PIPELINE);
    pausedUntilNanos = nowNanos;
  }

  boolean isEdge() {
    return edge;
  }

  BitSet has() {
    return has;
  }

  RequestPipeline pipeline() {
    return pipeline;
  }

  boolean amInterested() {
    return amInterested;
  }

  void setAmInterested(boolean interested) {
    amInterested = interested;
  }

  void setPeerChoking(boolean choking) {
    peerChoking = choking;
  }

  /** Asks nothing more of this remote until then. */
  void pauseUntil(long nanos) {
    pausedUntilNanos = nanos;
  }

  /** Whether blocks may be asked of it now. */
  boolean mayAsk(long nowNanos) {
    return amInterested && !peerChoking && nowNanos - pausedUntilNanos >= 0;
  }
}
