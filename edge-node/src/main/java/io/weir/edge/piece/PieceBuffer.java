package io.weir.edge.piece;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes of one piece in direct buffers, one a part, so that parts can be kept and let go of one
 * by one and no buffer is larger than another. Owns one reference to each part. Read-only by
 * convention once it is complete; then any thread may read it, and one releases it.
 */
public final class PieceBuffer {
  private final List<ByteBuf> parts;
  private final int lengthBytes;

  private PieceBuffer(List<ByteBuf> parts) {
    this.parts = List.copyOf(parts);
    this.lengthBytes = parts.stream().mapToInt(ByteBuf::readableBytes).sum();
  }

  /**
   * Takes ownership of a piece's parts in order.
   *
   * @throws IllegalArgumentException if they are not cut as {@link Parts} says
   */
  public static PieceBuffer of(List<ByteBuf> parts) {
    PieceBuffer piece = new PieceBuffer(parts);
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part).readableBytes() != Parts.lengthBytes(part, piece.lengthBytes)) {
        throw new IllegalArgumentException("not the length of part " + part);
      }
    }
    return piece;
  }

  /** Copies a piece, indices unchanged; borrows for the call. */
  public static PieceBuffer copyOf(ByteBuf piece, ByteBufAllocator allocator) {
    int lengthBytes = piece.readableBytes();
    ByteBuf[] parts = new ByteBuf[Parts.count(lengthBytes)];
    for (int part = 0; part < parts.length; part++) {
      int partBytes = Parts.lengthBytes(part, lengthBytes);
      parts[part] =
          allocator
              .directBuffer(partBytes, partBytes)
              .writeBytes(piece, piece.readerIndex() + Parts.offsetBytes(part), partBytes);
    }
    return of(List.of(parts));
  }

  /** Length of the whole piece. */
  public int lengthBytes() {
    return lengthBytes;
  }

  /** How many parts there are. */
  public int parts() {
    return parts.size();
  }

  /** One part; stays owned by this piece. */
  public ByteBuf part(int part) {
    return parts.get(part);
  }

  /** The parts as they are to be written, one after the other; views, valid until the release. */
  public ByteBuffer[] toBuffers() {
    return parts.stream().map(ByteBuf::nioBuffer).toArray(ByteBuffer[]::new);
  }

  /** Lets go of every part. */
  public void release() {
    parts.forEach(ByteBuf::release);
  }
}
