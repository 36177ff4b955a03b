package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.piece.PieceBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gathers a piece as its parts come from a source. Owns the parts until the piece is told to be
 * right, once. Thread-safe.
 */
final class PieceFill implements PieceSource.Receiver {
  /** Hears, exactly once, how it ended, unless the executor refused. */
  interface Outcome {
    /** Every byte came and has the right hash; takes ownership. */
    void right(PieceBuffer piece);

    /** So many bytes came, and they have another hash. */
    void wrong(int bytes);

    /** It did not come. */
    void failed(FillException failure);
  }

  private final CachedContent content;
  private final int piece;
  private final Predicate<Runnable> executor;
  private final Outcome outcome;
  private final List<ByteBuf> parts = new ArrayList<>();

  /**
   * For one reading of a source.
   *
   * @param executor runs steps that hash; false where it refused, having said so to whoever waits
   */
  PieceFill(CachedContent content, int piece, Predicate<Runnable> executor, Outcome outcome) {
    this.content = content;
    this.piece = piece;
    this.executor = executor;
    this.outcome = outcome;
  }

  @Override
  public void onPart(int part, ByteBuf bytes) {
    parts.add(bytes);
  }

  @Override
  public void onEnd() {
    PieceBuffer whole = PieceBuffer.of(parts);
    if (!executor.test(() -> check(whole))) {
      whole.release();
    }
  }

  private void check(PieceBuffer whole) {
    boolean isRight = false;
    try {
      isRight = content.isPiece(piece, whole);
    } finally {
      if (!isRight) {
        whole.release();
      }
    }
    if (isRight) {
      outcome.right(whole);
    } else {
      outcome.wrong(whole.lengthBytes());
    }
  }

  @Override
  public void onFailed(FillException failure) {
    parts.forEach(ByteBuf::release);
    outcome.failed(failure);
  }
}
