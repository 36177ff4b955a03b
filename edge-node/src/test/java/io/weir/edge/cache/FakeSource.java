package io.weir.edge.cache;

import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.piece.PieceBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A source that answers when the test says so; keeps what it was asked for. */
public final class FakeSource implements PieceSource {
  private record Asked(Wanted wanted, Receiver receiver) {}

  private final CountedBuffers buffers;
  private final List<Integer> asked = new ArrayList<>();
  private final Deque<Asked> unanswered = new ArrayDeque<>();

  public FakeSource(CountedBuffers buffers) {
    this.buffers = buffers;
  }

  @Override
  public synchronized Reading read(Wanted wanted, Receiver receiver) {
    asked.add(wanted.piece());
    unanswered.add(new Asked(wanted, receiver));
    return () -> {};
  }

  /** The pieces asked for, in order. */
  public synchronized List<Integer> asked() {
    return List.copyOf(asked);
  }

  /** Answers the oldest question. */
  public void answer(byte[] bytes) {
    deliver(buffers.pieceOf(bytes), next().receiver());
  }

  /** Answers the oldest question with a failure. */
  public void fail(String reason) {
    next().receiver().onFailed(new FillException(reason));
  }

  /** Gives a piece away, part by part; takes ownership. */
  public static void deliver(PieceBuffer piece, Receiver receiver) {
    for (int part = 0; part < piece.parts(); part++) {
      receiver.onPart(part, piece.part(part));
    }
    receiver.onEnd();
  }

  private synchronized Asked next() {
    return unanswered.remove();
  }
}
