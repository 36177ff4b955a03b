package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.piece.PieceBuffer;
import io.weir.protocol.metainfo.PieceVerification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a piece and hashes it as its parts come from a source, on the executor, so that little is
 * left to hash when the last one has come. Owns the parts until the piece is told to be right. The
 * source's thread and one of the executor's at a time.
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

  private enum State {
    COMING,
    COME,
    FAILED,
    OVER
  }

  private final PieceVerification verification;
  private final Predicate<Runnable> executor;
  private final Outcome outcome;
  private final List<ByteBuf> parts = new ArrayList<>();
  private State state = State.COMING;
  private @Nullable FillException failure;
  private boolean isHashing;
  private int hashed;

  /**
   * For one reading of a source.
   *
   * @param executor runs steps that hash; false where it refused, having said so to whoever waits
   */
  PieceFill(PieceVerification verification, Predicate<Runnable> executor, Outcome outcome) {
    this.verification = verification;
    this.executor = executor;
    this.outcome = outcome;
  }

  @Override
  public void onPart(int part, ByteBuf bytes) {
    synchronized (this) {
      if (state == State.OVER) {
        bytes.release();
        return;
      }
      parts.add(bytes);
    }
    hashLater();
  }

  @Override
  public void onEnd() {
    end(State.COME, null);
  }

  @Override
  public void onFailed(FillException cause) {
    end(State.FAILED, cause);
  }

  private void end(State end, @Nullable FillException cause) {
    synchronized (this) {
      if (state == State.OVER) {
        return;
      }
      state = end;
      failure = cause;
      if (isHashing) {
        return; // who hashes concludes
      }
    }
    if (end == State.FAILED) {
      conclude();
    } else {
      hashLater();
    }
  }

  private void hashLater() {
    synchronized (this) {
      if (isHashing) {
        return;
      }
      isHashing = true;
    }
    if (!executor.test(this::hash)) {
      drop();
    }
  }

  private void hash() {
    boolean isDone = false;
    try {
      for (ByteBuf next = next(); next != null; next = next()) {
        verification.update(next.nioBuffer());
      }
      isDone = true;
    } finally {
      if (!isDone) {
        drop();
      }
    }
    conclude();
  }

  /** The next part to hash, null where there is none now, and then nobody hashes any more. */
  private synchronized @Nullable ByteBuf next() {
    if (state == State.FAILED || hashed == parts.size()) {
      isHashing = false;
      return null;
    }
    return parts.get(hashed++);
  }

  private void conclude() {
    State end;
    synchronized (this) {
      end = state;
      if (isHashing || end == State.COMING || end == State.OVER) {
        return;
      }
      state = State.OVER;
    }
    if (end == State.FAILED) {
      parts.forEach(ByteBuf::release);
      outcome.failed(failure == null ? new FillException("no piece") : failure);
    } else {
      judge();
    }
  }

  private void judge() {
    if (verification.verify()) {
      outcome.right(PieceBuffer.of(parts));
      return;
    }
    int bytes = parts.stream().mapToInt(ByteBuf::readableBytes).sum();
    parts.forEach(ByteBuf::release);
    outcome.wrong(bytes);
  }

  private synchronized void drop() {
    state = State.OVER;
    parts.forEach(ByteBuf::release);
    parts.clear();
  }
}
