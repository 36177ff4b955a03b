package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.piece.Parts;
import io.weir.edge.piece.PieceBuffer;
import io.weir.edge.piece.StoredRun;
import io.weir.edge.store.PieceStore;
import io.weir.protocol.metainfo.InfoHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every piece that this edge can serve, behind one question.
 *
 * <p><b>The read path.</b> A read looks into the hot tier, and answers at once if the piece is
 * there. Else it comes aboard the piece's flight, which it starts if there is none. A flight gets
 * verified bytes from {@link PieceLoader} (store, else source), makes them hot, answers everyone
 * aboard, and only then writes what came from the source to the store: bytes are verified before
 * they are stored <em>or</em> sent, and a reader waits for no disk.
 *
 * <p><b>One flight a piece.</b> However many ask, a piece is read from store or source once. A
 * flight stays on the board, serving whoever comes, until the piece is hot and stored; so a read
 * that finds no flight finds the piece where the flight left it. The one gap is between a read's
 * look into the hot tier and its look at the board, and a flight that was just put on the board
 * looks again before it loads anything.
 *
 * <p><b>Bounds.</b> {@link CacheLimits}: above them a read is unavailable at once, and a verified
 * piece that the disk is too slow for is served but not stored. A read waits until its deadline;
 * the flight goes on without it.
 *
 * <table>
 * <caption>threads</caption>
 * <tr><th>thread</th><th>does</th><th>never</th></tr>
 * <tr><td>caller, I/O threads too</td><td>hot tier, board, asks the source</td><td>disk, hashing
 * </td></tr>
 * <tr><td>executor</td><td>reads the store, hashes, completes reads</td><td>waits for a source
 * </td></tr>
 * <tr><td>writer</td><td>writes the store</td><td>completes reads</td></tr>
 * <tr><td>timer</td><td>completes reads at their deadline</td><td>anything else</td></tr>
 * </table>
 *
 * <p>Whoever completes a read runs what hangs on its future, so that must be brief. Each {@link
 * PartRead.Found} carries a reference of its own with indices of its own.
 */
public final class PieceCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PieceCache.class);
  private static final int BUSY_FLIGHTS = 8;
  private static final long CLOSE_SECONDS = 30;
  private static final long DEADLINE_LOOK_MILLIS = 500;

  private final PieceStore store;
  private final ExecutorService executor;
  private final ExecutorService writer;
  private final CacheMetrics metrics;
  private final CacheLimits limits;
  private final HotTier hot;
  private final SourceHealth health;
  private final FlightBoard board;
  private final PieceLoader loader;
  private final StoreWriter storeWriter;
  private final StoreAdmission admission;
  private final LongSupplier nanoTime;
  private final Future<?> deadlines;
  private volatile Set<Long> assigned = Set.of();
  private volatile boolean closed;

  /**
   * Borrows store, source and timer; takes ownership of the executors.
   *
   * @param executor reads the store and hashes, a few threads; queues at most one task a flight
   * @param writer writes the store, one thread; queues at most one task a flight
   * @param timer for the deadlines of reads
   * @param nanoTime clock of the log's rate limits and of the sources' health
   */
  public PieceCache(
      PieceStore store,
      PieceSource source,
      ExecutorService executor,
      ExecutorService writer,
      ScheduledExecutorService timer,
      CacheMetrics metrics,
      CacheLimits limits,
      LongSupplier nanoTime) {
    this.store = store;
    this.executor = executor;
    this.writer = writer;
    this.metrics = metrics;
    this.limits = limits;
    this.hot = new HotTier(limits.hotBytes());
    this.board = new FlightBoard(limits.flights(), limits.flightBytes());
    this.health = new SourceHealth(nanoTime);
    this.nanoTime = nanoTime;
    this.loader = new PieceLoader(store, source, executor, health, metrics, nanoTime);
    this.storeWriter = new StoreWriter(store, writer, metrics, limits.unstoredBytes());
    this.admission = new StoreAdmission(limits.rememberedPieces());
    this.deadlines =
        timer.scheduleWithFixedDelay(
            this::expire, DEADLINE_LOOK_MILLIS, DEADLINE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    metrics.gauges(store::storedBytes, hot::bytes, board::size, health::down);
  }

  /** A part if it is hot, retained for the caller (returns owned), else null. Never blocks. */
  public @Nullable ByteBuf hot(CachedContent content, int piece, int part) {
    ByteBuf bytes = hot.get(content.key(piece, part));
    if (bytes != null) {
      metrics.read(Tier.HOT, 1);
    }
    return bytes;
  }

  /**
   * Bytes from an offset in a piece on for the kernel to send from a file, at most {@code
   * maxBytes}, going beyond the piece where they can; returns owned. Null where they are not
   * stored, or not verified since the start, or likely not in the kernel's memory: then {@link
   * #read} them. Never blocks.
   */
  public @Nullable StoredRun run(CachedContent content, int piece, int offsetBytes, int maxBytes) {
    StoredRun run = store.run(content.ordinal(), piece, offsetBytes, maxBytes);
    if (run != null) {
      metrics.read(Tier.STORE, 1);
    }
    return run;
  }

  /**
   * A part from hot tier, store or a fill, whichever has it first; one flight however many ask.
   * Never blocks; the future completes at once or on a thread of cache, source or timer, and never
   * exceptionally. A caller that has lost interest may cancel it.
   */
  public CompletableFuture<PartRead> read(CachedContent content, int piece, int part) {
    ByteBuf bytes = hot(content, piece, part);
    if (bytes != null) {
      return CompletableFuture.completedFuture(new PartRead.Found(bytes));
    }
    CompletableFuture<PartRead> read = new CompletableFuture<>();
    boolean isStored = store.has(content.ordinal(), piece);
    board(
        content,
        isStored ? content.key(piece, part) : content.key(piece),
        new Flight.Waiter(part, read, nanoTime.getAsLong()));
    return read;
  }

  private void board(CachedContent content, PartKey key, Flight.Waiter waiter) {
    Flight flight = new Flight(key, content, false);
    Flight.Boarding boarding;
    do {
      if (closed) {
        refuse(Refusal.CLOSED, waiter);
        return;
      }
      FlightBoard.Added added = board.add(flight);
      if (added instanceof FlightBoard.Added.Refused) {
        refuse(Refusal.BUSY, waiter);
        return;
      }
      if (added instanceof FlightBoard.Added.Already already) {
        boarding = already.flight().board(waiter, limits.waitersPerFlight());
      } else {
        boarding = flight.board(waiter, limits.waitersPerFlight());
        startUnlessHot(flight, waiter.part());
      }
    } while (boarding == Flight.Boarding.GONE);
    if (boarding == Flight.Boarding.FULL) {
      refuse(Refusal.WAITERS, waiter);
    }
  }

  /** Another flight may have landed since the hot tier was looked into. */
  private void startUnlessHot(Flight flight, int part) {
    PartKey key = flight.key();
    ByteBuf nowHot = hot.get(flight.content().key(key.piece(), part));
    if (nowHot == null) {
      start(flight);
    } else if (key.isWhole()) {
      nowHot.release();
      board.remove(flight);
      flight.abandon().forEach(waiter -> answer(flight.content(), key, waiter));
    } else {
      land(flight, PieceBuffer.of(List.of(nowHot)), Tier.HOT);
    }
  }

  private void answer(CachedContent content, PartKey key, Flight.Waiter waiter) {
    ByteBuf bytes = hot(content, key.piece(), waiter.part());
    if (bytes == null) {
      board(content, key, waiter);
    } else if (!waiter.answer().complete(new PartRead.Found(bytes))) {
      bytes.release();
    }
  }

  private void refuse(Refusal refusal, Flight.Waiter waiter) {
    metrics.refused(refusal, 1);
    waiter.answer().complete(refusal.unavailable());
  }

  /**
   * Hint that this piece will be read soon: starts its fill in the background unless the cache is
   * busy.
   */
  public void prefetch(CachedContent content, int piece) {
    boolean here = isHot(content, piece) || store.has(content.ordinal(), piece);
    if (!closed && !here && board.size() < limits.flights() / 2) {
      Flight flight = new Flight(content.key(piece), content, false);
      if (board.add(flight) instanceof FlightBoard.Added.Yes) {
        start(flight);
      }
    }
  }

  /**
   * Brings a piece into the store without anyone waiting to read it: it is not made hot, and it
   * evicts nothing that is protected. Never blocks; the future never completes exceptionally.
   */
  public CompletableFuture<FillOutcome> fill(CachedContent content, int piece) {
    PartKey key = content.key(piece);
    if (store.has(key.ordinal(), piece)) {
      return CompletableFuture.completedFuture(new FillOutcome.Stored());
    }
    if (closed) {
      return CompletableFuture.completedFuture(failed(Refusal.CLOSED));
    }
    Flight flight = new Flight(key, content, true);
    FlightBoard.Added added = board.add(flight);
    if (added instanceof FlightBoard.Added.Refused) {
      return CompletableFuture.completedFuture(failed(Refusal.BUSY));
    }
    if (added instanceof FlightBoard.Added.Already already) {
      already.flight().store();
      return already.flight().ended();
    }
    start(flight);
    return flight.ended();
  }

  /** Whether readers wait for enough pieces that background work should hold back. */
  public boolean busy() {
    return board.foreground() >= BUSY_FLIGHTS;
  }

  /** Whether this piece, or how it begins, is in memory now; is no use of the piece. */
  public boolean isHot(CachedContent content, int piece) {
    return hot.contains(content.key(piece, 0));
  }

  /** Whether this piece is stored on disk; answers from memory. */
  public boolean isStored(CachedContent content, int piece) {
    return store.has(content.ordinal(), piece);
  }

  /**
   * Whether pieces of this content that are not stored can likely be had of its source: false once
   * its fills have failed for some seconds on end. Answers from memory.
   */
  public boolean sourceHealthy(CachedContent content) {
    return health.isHealthy(content.ordinal());
  }

  /** Which pieces are stored on disk; snapshot owned by the caller. */
  public BitSet stored(CachedContent content) {
    return store.have(content.ordinal());
  }

  /** Bytes of pieces stored on disk. */
  public long storedBytes() {
    return store.storedBytes();
  }

  /** How many stored pieces were dropped as broken; where it grows there is to fill. */
  public long losses() {
    return store.losses();
  }

  /** Whether the disk takes pieces; where it does not there is no use in a fill. */
  public boolean storing() {
    return store.unwritable() == null;
  }

  /** The number that the pieces of a version with this info-hash are kept under; never blocks. */
  public long ordinalOf(String contentId, int contentVersion, InfoHash infoHash) {
    return store.ordinalOf(contentId, contentVersion, infoHash);
  }

  /** The numbers of a version under whatever info-hash; never blocks; the caller owns the set. */
  public Set<Long> ordinalsOf(String contentId, int contentVersion) {
    return store.ordinalsOf(contentId, contentVersion);
  }

  /**
   * Forgets every version but these, and protects some of them from eviction by the others. Blocks
   * for the disk.
   */
  public void retain(Set<Long> ordinals, Set<Long> protectedOrdinals) {
    assigned = Set.copyOf(protectedOrdinals);
    store.protect(protectedOrdinals);
    store.retain(ordinals);
    hot.evictWhere(ordinal -> !ordinals.contains(ordinal));
    health.forgetWhere(ordinal -> !ordinals.contains(ordinal));
  }

  private void start(Flight flight) {
    if (!flight.key().isWhole()) {
      loader.loadPart(flight.key(), arrivalOf(flight));
      return;
    }
    PieceBuffer nowHot = hotWhole(flight.content(), flight.key().piece());
    if (nowHot != null) {
      land(flight, nowHot, Tier.HOT);
    } else {
      loader.loadPiece(flight.key(), flight.content(), arrivalOf(flight));
    }
  }

  /** Returns owned; null unless every part is hot. */
  private @Nullable PieceBuffer hotWhole(CachedContent content, int piece) {
    List<ByteBuf> parts = new ArrayList<>();
    for (int part = 0; part < Parts.count(content.metainfo().pieceLengthBytes(piece)); part++) {
      ByteBuf bytes = hot.get(content.key(piece, part));
      if (bytes == null) {
        parts.forEach(ByteBuf::release);
        return null;
      }
      parts.add(bytes);
    }
    return PieceBuffer.of(parts);
  }

  private PieceLoader.Arrival arrivalOf(Flight flight) {
    return new PieceLoader.Arrival() {
      @Override
      public void arrived(PieceBuffer verified, Tier from) {
        land(flight, verified, from);
      }

      @Override
      public void notStored() {
        board.remove(flight);
        PartKey whole = flight.content().key(flight.key().piece());
        flight.abandon().forEach(waiter -> board(flight.content(), whole, waiter));
      }

      @Override
      public void failed(Refusal refusal, PartRead.Unavailable answer) {
        board.remove(flight);
        metrics.refused(refusal, flight.cancel(answer));
      }
    };
  }

  /** Takes ownership of verified bytes. */
  private void land(Flight flight, PieceBuffer bytes, Tier from) {
    if (from != Tier.HOT && flight.wanted()) {
      makeHot(flight, bytes);
    }
    metrics.read(from, flight.land(bytes));
    if (store.has(flight.key().ordinal(), flight.key().piece())) {
      leave(flight, new FillOutcome.Stored());
    } else if (!flight.key().isWhole()) {
      leave(flight, new FillOutcome.Failed("lost meanwhile"));
    } else if (isWorthStoring(flight)) {
      storeWriter.write(flight, bytes, outcome -> leave(flight, outcome));
    } else {
      metrics.putDeclined();
      leave(flight, new FillOutcome.Failed("asked for once"));
    }
  }

  private void makeHot(Flight flight, PieceBuffer bytes) {
    PartKey key = flight.key();
    if (key.isWhole()) {
      for (int part = 0; part < bytes.parts(); part++) {
        hot.put(flight.content().key(key.piece(), part), bytes.part(part));
      }
    } else {
      hot.put(key, bytes.part(0));
    }
  }

  private boolean isWorthStoring(Flight flight) {
    return flight.isToBeStored()
        || assigned.contains(flight.key().ordinal())
        || admission.isKnown(flight.key());
  }

  /** Off the board first: whoever finds the flight gone must not find it on the board again. */
  private void leave(Flight flight, FillOutcome outcome) {
    board.remove(flight);
    flight.depart(outcome);
  }

  /** Answers the reads that have waited for longer than their deadline; on the timer. */
  private void expire() {
    long before = nanoTime.getAsLong() - limits.deadline().toNanos();
    PartRead.Unavailable answer = Refusal.DEADLINE.unavailable();
    for (Flight flight : board.all()) {
      int expired = flight.expire(before, answer);
      if (expired > 0) {
        metrics.refused(Refusal.DEADLINE, expired);
      }
    }
  }

  private static FillOutcome failed(Refusal refusal) {
    return new FillOutcome.Failed(refusal.unavailable().reason());
  }

  /**
   * Answers every read that waits with unavailable, writes what is verified, and releases all
   * memory. Pieces that sources still deliver are released as they come.
   */
  @Override
  public void close() {
    closed = true;
    deadlines.cancel(false);
    PartRead.Unavailable answer = Refusal.CLOSED.unavailable();
    board.all().forEach(flight -> metrics.refused(Refusal.CLOSED, flight.cancel(answer)));
    join(executor);
    join(writer);
    hot.close();
  }

  private static void join(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("piece cache closes over a disk that does not answer seconds={}", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
