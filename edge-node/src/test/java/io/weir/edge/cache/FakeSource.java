package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.fixture.CountedBuffers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A source that answers when the test says so; keeps what it was asked for. */
public final class FakeSource implements PieceSource {
  private record Asked(Wanted wanted, CompletableFuture<ByteBuf> answer) {}

  private final CountedBuffers buffers;
  private final List<Integer> asked = new ArrayList<>();
  private final Deque<Asked> unanswered = new ArrayDeque<>();

  public FakeSource(CountedBuffers buffers) {
    this.buffers = buffers;
  }

  @Override
  public synchronized CompletableFuture<ByteBuf> read(Wanted wanted) {
    asked.add(wanted.piece());
    Asked next = new Asked(wanted, new CompletableFuture<>());
    unanswered.add(next);
    return next.answer();
  }

  /** The pieces asked for, in order. */
  public synchronized List<Integer> asked() {
    return List.copyOf(asked);
  }

  /** Answers the oldest question. */
  public void answer(byte[] bytes) {
    next().answer().complete(buffers.of(bytes));
  }

  /** Answers the oldest question with a failure. */
  public void fail(String reason) {
    next().answer().completeExceptionally(new FillException(reason));
  }

  private synchronized Asked next() {
    return unanswered.remove();
  }
}
