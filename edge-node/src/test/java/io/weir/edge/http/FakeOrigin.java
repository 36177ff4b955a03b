package io.weir.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.weir.edge.cache.FakeSource;
import io.weir.edge.fill.FillException;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.piece.PieceBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A source of test contents that can be held, or fail for some pieces. Counts its reads. */
final class FakeOrigin implements PieceSource {
  private final ByteBufAllocator allocator;
  private final Map<String, TestContent> contents = new ConcurrentHashMap<>();
  private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
  private final List<Integer> reads = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
  private volatile CountDownLatch asked = new CountDownLatch(1);

  FakeOrigin(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  void add(TestContent content) {
    contents.put(content.id(), content);
  }

  void failPiece(int piece) {
    failing.add(piece);
  }

  /** Answers no read until {@link #open}. */
  void hold() {
    asked = new CountDownLatch(1);
    gate = new CompletableFuture<>();
  }

  void awaitAsked() throws InterruptedException {
    asked.await();
  }

  void open() {
    gate.complete(null);
  }

  List<Integer> reads() {
    return reads;
  }

  @Override
  public Reading read(Wanted wanted, Receiver receiver) {
    reads.add(wanted.piece());
    asked.countDown();
    var unused = gate.thenRun(() -> answer(wanted, receiver));
    return () -> {};
  }

  private void answer(Wanted wanted, Receiver receiver) {
    TestContent content = contents.get(wanted.contentId());
    if (content == null || failing.contains(wanted.piece())) {
      receiver.onFailed(new FillException("no such piece"));
      return;
    }
    int length = wanted.metainfo().pieceLengthBytes(wanted.piece());
    int from = wanted.piece() * wanted.metainfo().pieceLengthBytes();
    ByteBuf bytes = Unpooled.wrappedBuffer(content.bytes(), from, length);
    FakeSource.deliver(PieceBuffer.copyOf(bytes, allocator), receiver);
  }
}
