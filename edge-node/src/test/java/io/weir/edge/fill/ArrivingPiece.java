package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a source says, and that it keeps to the order that receivers are promised. */
final class ArrivingPiece implements PieceSource.Receiver {
  private final CompletableFuture<byte[]> piece = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> partBytes = new CopyOnWriteArrayList<>();

  CompletableFuture<byte[]> piece() {
    return piece;
  }

  /** Length of each part. */
  List<Integer> partBytes() {
    return partBytes;
  }

  @Override
  public void onPart(int part, ByteBuf arrived) {
    byte[] copy = new byte[arrived.readableBytes()];
    arrived.readBytes(copy).release();
    if (piece.isDone() || part != partBytes.size()) {
      throw new AssertionError("part " + part + " after " + partBytes.size());
    }
    partBytes.add(copy.length);
    bytes.writeBytes(copy);
  }

  @Override
  public void onEnd() {
    if (!piece.complete(bytes.toByteArray())) {
      throw new AssertionError("a second end");
    }
  }

  @Override
  public void onFailed(FillException failure) {
    if (!piece.completeExceptionally(failure)) {
      throw new AssertionError("a second end", failure);
    }
  }
}
