package io.weir.origin.ingest;

import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.ByteRange;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.RangeStream;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.metainfo.PieceDigests;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Reads and hashes one object, several runs at a time, with one piece buffer for each. The first
 * run tells whether the origin knows ranges; where it does not, the same answer is read on to its
 * end. Made for one object; {@link #hash} is called once, on a thread that may block.
 */
final class ObjectHasher {
  static final int RUNS_AT_ONCE = 4;

  private final OriginReader reader;
  private final URI url;
  private final OriginObject object;
  private final int pieceLengthBytes;
  private final PieceSink sink;
  private final ReadLimit limit;
  private final RunPlan plan;
  private final AtomicLong nextRun = new AtomicLong(1);
  private final AtomicReference<OriginException> failure = new AtomicReference<>();
  private final AtomicReferenceArray<PieceDigests> digests;

  ObjectHasher(
      OriginReader reader,
      URI url,
      OriginObject object,
      int pieceLengthBytes,
      PieceSink sink,
      ReadLimit limit) {
    this.reader = reader;
    this.url = url;
    this.object = object;
    this.pieceLengthBytes = pieceLengthBytes;
    this.sink = sink;
    this.limit = limit;
    this.plan = RunPlan.of(object.lengthBytes(), pieceLengthBytes);
    long pieces = (object.lengthBytes() + pieceLengthBytes - 1) / pieceLengthBytes;
    this.digests = new AtomicReferenceArray<>(Math.toIntExact(pieces));
  }

  /** The digests in piece order; helpers run on the executor and have ended when this returns. */
  List<PieceDigests> hash(Executor executor) throws OriginException {
    ByteRange first = plan.run(0);
    try (RangeStream stream = open(first)) {
      if (stream.rangesIgnored()) {
        stream.extendTo(object.lengthBytes());
        hash(stream, new ByteRange(0, object.lengthBytes()));
      } else {
        hashInParallel(stream, first, executor);
      }
    }
    List<PieceDigests> inOrder = new ArrayList<>(digests.length());
    for (int piece = 0; piece < digests.length(); piece++) {
      inOrder.add(digests.get(piece));
    }
    return inOrder;
  }

  private void hashInParallel(RangeStream stream, ByteRange first, Executor executor)
      throws OriginException {
    List<CompletableFuture<Void>> helpers = new ArrayList<>();
    for (long helper = 1; helper < Math.min(RUNS_AT_ONCE, plan.count()); helper++) {
      helpers.add(CompletableFuture.runAsync(this::hashRemainingRuns, executor));
    }
    try {
      hash(stream, first);
    } catch (OriginException e) {
      failure.compareAndSet(null, e);
    }
    hashRemainingRuns();
    CompletableFuture.allOf(helpers.toArray(CompletableFuture[]::new)).join();
    OriginException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private void hashRemainingRuns() {
    for (long run = nextRun.getAndIncrement();
        run < plan.count() && failure.get() == null;
        run = nextRun.getAndIncrement()) {
      ByteRange range = plan.run(run);
      try (RangeStream stream = open(range)) {
        hash(stream, range);
      } catch (OriginException e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void hash(RangeStream stream, ByteRange range) throws OriginException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(pieceLengthBytes, range.lengthBytes()));
    for (long position = range.first(); position < range.end(); position += buffer.limit()) {
      buffer.clear();
      buffer.limit((int) Math.min(buffer.capacity(), range.end() - position));
      stream.readFully(buffer);
      buffer.flip();
      int piece = (int) (position / pieceLengthBytes);
      digests.set(piece, PieceDigests.of(buffer, pieceLengthBytes));
      sink.onPieceHashed(piece, buffer);
    }
  }

  private RangeStream open(ByteRange range) {
    return reader.read(url, object, range, ReadReason.INGEST, this::checkLimit);
  }

  private void checkLimit() throws OriginException {
    limit.check();
    if (failure.get() != null) {
      throw new OriginException(Fault.STOPPED, "another run failed");
    }
  }
}
