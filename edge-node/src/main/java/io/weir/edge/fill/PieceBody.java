package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.edge.piece.Parts;
import org.jspecify.annotations.Nullable;

/** A piece, read straight into the buffers of its parts, each handed on as soon as it is full. */
final class PieceBody implements AnswerBody {
  private final ByteBufAllocator allocator;
  private final int lengthBytes;
  private final PieceSource.Receiver receiver;
  private @Nullable ByteBuf open;
  private int parts;
  private int handedBytes;

  PieceBody(ByteBufAllocator allocator, int lengthBytes, PieceSource.Receiver receiver) {
    this.allocator = allocator;
    this.lengthBytes = lengthBytes;
    this.receiver = receiver;
  }

  @Override
  public ByteBuf room() {
    ByteBuf part = open;
    if (part == null) {
      int partBytes = Math.min(Parts.BYTES, lengthBytes - handedBytes);
      part = allocator.directBuffer(partBytes, partBytes);
      open = part;
    }
    return part;
  }

  @Override
  public boolean onFilled() {
    ByteBuf part = open;
    if (part != null && !part.isWritable()) {
      open = null;
      handedBytes += part.readableBytes();
      receiver.onPart(parts++, part);
    }
    return handedBytes == lengthBytes;
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public void deliver(AdapterRead read) {
    read.succeed();
  }

  @Override
  public String progress() {
    int bytes = handedBytes + (open == null ? 0 : open.readableBytes());
    return bytes + " of the piece's " + lengthBytes + " bytes";
  }

  @Override
  public void release() {
    if (open != null) {
      open.release();
      open = null;
    }
  }
}
