package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PartRead;
import io.weir.edge.fixture.CountedBuffers;
import io.weir.edge.fixture.TestContent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Pieces that are hot, or arrive, when the test says so; keeps what it was asked for. */
final class FakePieces implements Pieces, AutoCloseable {
  final List<Integer> reads = new ArrayList<>();
  final List<Integer> prefetches = new ArrayList<>();
  final BitSet stored = new BitSet();
  boolean healthy = true;
  private final CountedBuffers buffers;
  private final TestContent film;
  private final Map<Integer, ByteBuf> hot = new HashMap<>();
  private final Map<Integer, CompletableFuture<PartRead>> unanswered = new HashMap<>();

  FakePieces(CountedBuffers buffers, TestContent film) {
    this.buffers = buffers;
    this.film = film;
  }

  void heat(int... pieces) {
    for (int piece : pieces) {
      hot.computeIfAbsent(piece, p -> buffers.of(film.piece(p)));
    }
  }

  /** Answers the read of this piece with its bytes, which do not become hot. */
  void arrive(int piece) {
    unanswered.remove(piece).complete(new PartRead.Found(buffers.of(film.piece(piece))));
  }

  /** Answers one of the unanswered reads; false if there is none. */
  boolean arriveAny(Random random) {
    List<Integer> waiting = unanswered.keySet().stream().sorted().toList();
    if (waiting.isEmpty()) {
      return false;
    }
    arrive(waiting.get(random.nextInt(waiting.size())));
    return true;
  }

  /** Whether a read of this piece is unanswered. */
  boolean isReading(int piece) {
    return unanswered.containsKey(piece);
  }

  void fail(int piece) {
    unanswered.remove(piece).complete(new PartRead.Unavailable("the origin is down"));
  }

  @Override
  public ByteBuf hot(CachedContent content, int piece, int part) {
    ByteBuf bytes = hot.get(piece);
    return bytes == null ? null : bytes.retainedDuplicate();
  }

  @Override
  public CompletableFuture<PartRead> read(CachedContent content, int piece, int part) {
    reads.add(piece);
    CompletableFuture<PartRead> answer = new CompletableFuture<>();
    unanswered.put(piece, answer);
    return answer;
  }

  @Override
  public void prefetch(CachedContent content, int piece) {
    prefetches.add(piece);
  }

  @Override
  public boolean isHot(CachedContent content, int piece) {
    return hot.containsKey(piece);
  }

  @Override
  public boolean isStored(CachedContent content, int piece) {
    return stored.get(piece);
  }

  @Override
  public BitSet stored(CachedContent content) {
    return (BitSet) stored.clone();
  }

  @Override
  public boolean sourceHealthy(CachedContent content) {
    return healthy;
  }

  @Override
  public void close() {
    hot.values().forEach(ByteBuf::release);
  }
}
