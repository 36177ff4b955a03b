package io.weir.loadtest.crowd.peer;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one peer has moved, in bytes of blocks that arrived or were written whole; message headers
 * are not counted, blocks that arrived twice are. Written by the peer's threads, read by any.
 */
public final class PeerTraffic {
  private final LongAdder fromEdges = new LongAdder();
  private final LongAdder fromPeers = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder wasted = new LongAdder();
  private final LongAdder corruptPieces = new LongAdder();

  PeerTraffic() {}

  /** Bytes received from edges. */
  public long fromEdgesBytes() {
    return fromEdges.sum();
  }

  /** Bytes received from other peers. */
  public long fromPeersBytes() {
    return fromPeers.sum();
  }

  /** Bytes sent to whoever asked. */
  public long sentBytes() {
    return sent.sum();
  }

  /** Of the bytes received, those that were not needed: duplicates and pieces whose hash failed. */
  public long wastedBytes() {
    return wasted.sum();
  }

  /** Pieces whose hash failed. */
  public long corruptPieces() {
    return corruptPieces.sum();
  }

  void onReceived(boolean edge, int bytes) {
    (edge ? fromEdges : fromPeers).add(bytes);
  }

  void onSent(long bytes) {
    sent.add(bytes);
  }

  void onWasted(int bytes) {
    wasted.add(bytes);
  }

  void onCorruptPiece(int bytes) {
    corruptPieces.increment();
    wasted.add(bytes);
  }
}
