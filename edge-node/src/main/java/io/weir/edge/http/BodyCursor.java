package io.weir.edge.http;

import io.netty.buffer.ByteBuf;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PartRead;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.cache.ReadAheadWindow;
import io.weir.edge.piece.Parts;
import io.weir.edge.piece.StoredRun;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a body stands: finds its bytes run by run, each within one part or file. The one place that
 * knows what a body is read from. Its connection's I/O thread's.
 */
final class BodyCursor {
  /** Stretches from here on are sent by the kernel, which costs more for each call than a write. */
  static final int FILE_BYTES = 128 * 1024;

  /** Read ahead of one reader, and its share of what may be under way for all. */
  private static final long READ_AHEAD_BYTES = 64L << 20;

  private static final int READ_AHEAD_PIECES = 256;

  private final PieceCache cache;
  private final CachedContent content;
  private final List<BodyPart> parts;
  private final boolean mayUseFiles;

  private int part;
  private long partOffsetBytes;
  private long remainingBytes;
  private @Nullable ReadAheadWindow window;

  /**
   * @param parts none of them empty
   * @param lengthBytes of all of them
   * @param mayUseFiles whether the kernel can send: what is encrypted has to come to memory first
   */
  BodyCursor(
      PieceCache cache,
      CachedContent content,
      List<BodyPart> parts,
      long lengthBytes,
      boolean mayUseFiles) {
    this.cache = cache;
    this.content = content;
    this.parts = parts;
    this.remainingBytes = lengthBytes;
    this.mayUseFiles = mayUseFiles;
  }

  String contentId() {
    return content.contentId();
  }

  /** How much of the body has not been handed out. */
  long remainingBytes() {
    return remainingBytes;
  }

  /**
   * The next bytes if they can be sent now (returns owned), else null: at the end, or where they
   * are to be {@linkplain #read read}.
   */
  @Nullable BodyRun next() {
    if (remainingBytes == 0) {
      return null;
    }
    BodyPart current = parts.get(part);
    if (current instanceof BodyPart.Literal literal) {
      part++;
      remainingBytes -= literal.lengthBytes();
      return new MemoryRun(ByteBuffer.wrap(literal.bytes()), null);
    }
    BodyPart.Stretch stretch = (BodyPart.Stretch) current;
    StoredRun stored = isWorthAFile(stretch) ? stored(stretch) : null;
    if (stored != null) {
      advance(stretch, stored.lengthBytes());
      return new FileRun(stored);
    }
    ByteBuf hot = cache.hot(content, piece(stretch), Parts.at(offsetInPiece(stretch)));
    return hot == null ? null : run(hot, stretch);
  }

  private boolean isWorthAFile(BodyPart.Stretch stretch) {
    return mayUseFiles && stretch.lengthBytes() >= FILE_BYTES;
  }

  private @Nullable StoredRun stored(BodyPart.Stretch stretch) {
    int mostBytes = (int) Math.min(Integer.MAX_VALUE, stretch.lengthBytes() - partOffsetBytes);
    return cache.run(content, piece(stretch), offsetInPiece(stretch), mostBytes);
  }

  /** Reads the part that {@link #next} did not find; completes on any thread. */
  CompletableFuture<PartRead> read() {
    BodyPart.Stretch stretch = (BodyPart.Stretch) parts.get(part);
    CompletableFuture<PartRead> read =
        cache.read(content, piece(stretch), Parts.at(offsetInPiece(stretch)));
    readAhead(stretch, true); // behind what is waited for
    return read;
  }

  /** The next bytes out of the part that was read. Takes ownership of it. */
  MemoryRun take(ByteBuf bytes) {
    return run(bytes, (BodyPart.Stretch) parts.get(part));
  }

  private MemoryRun run(ByteBuf bytes, BodyPart.Stretch stretch) {
    int begin = offsetInPiece(stretch) % Parts.BYTES;
    int length =
        (int) Math.min(bytes.readableBytes() - begin, stretch.lengthBytes() - partOffsetBytes);
    readAhead(stretch, false);
    advance(stretch, length);
    return new MemoryRun(bytes.nioBuffer(bytes.readerIndex() + begin, length), bytes);
  }

  /** Has the pieces filled that this reader comes to next. */
  private void readAhead(BodyPart.Stretch stretch, boolean isWaiting) {
    int piece = piece(stretch);
    long lastByte = stretch.offsetBytes() + stretch.lengthBytes() - 1;
    int lastPiece = (int) (lastByte / content.metainfo().pieceLengthBytes());
    if (piece == lastPiece) {
      return;
    }
    if (window == null) {
      window =
          new ReadAheadWindow(
              content.metainfo().pieceLengthBytes(), READ_AHEAD_BYTES, READ_AHEAD_PIECES);
    }
    ReadAheadWindow.Ahead ahead = window.onPiece(piece, isWaiting);
    for (int next = ahead.first(); next < ahead.end() && next <= lastPiece; next++) {
      cache.prefetch(content, next);
    }
  }

  private void advance(BodyPart.Stretch stretch, int length) {
    partOffsetBytes += length;
    remainingBytes -= length;
    if (partOffsetBytes == stretch.lengthBytes()) {
      part++;
      partOffsetBytes = 0;
    }
  }

  private int piece(BodyPart.Stretch stretch) {
    return (int)
        ((stretch.offsetBytes() + partOffsetBytes) / content.metainfo().pieceLengthBytes());
  }

  private int offsetInPiece(BodyPart.Stretch stretch) {
    return (int)
        ((stretch.offsetBytes() + partOffsetBytes) % content.metainfo().pieceLengthBytes());
  }
}
