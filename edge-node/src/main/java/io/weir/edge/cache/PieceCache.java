package io.weir.edge.cache;

import io.netty.buffer.ByteBuf;
import io.weir.edge.fill.PieceSource;
import io.weir.edge.store.PieceStore;
import io.weir.protocol.metainfo.InfoHash;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
 * PieceRead.Found} carries a reference of its own with indices of its own.
 */
public final class PieceCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PieceCache.class);
  private static final int BUSY_FLIGHTS = 8;
  private static final long CLOSE_SECONDS = 30;

  private final PieceStore store;
  private final ExecutorService executor;
  private final ExecutorService writer;
  private final ScheduledExecutorService timer;
  private final CacheMetrics metrics;
  private final CacheLimits limits;
  private final HotTier hot;
  private final VerifiedPieces verified = new VerifiedPieces();
  private final SourceHealth health;
  private final FlightBoard board;
  private final PieceLoader loader;
  private final StoreWriter storeWriter;
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
    this.timer = timer;
    this.metrics = metrics;
    this.limits = limits;
    this.hot = new HotTier(limits.hotBytes());
    this.board = new FlightBoard(limits.flights(), limits.flightBytes());
    this.health = new SourceHealth(nanoTime);
    this.loader = new PieceLoader(store, source, executor, verified, health, metrics, nanoTime);
    this.storeWriter = new StoreWriter(store, writer, verified, metrics, limits.unstoredBytes());
    metrics.gauges(store::storedBytes, hot::bytes, board::size, health::down);
  }

  /** The piece if it is hot, retained for the caller (returns owned), else null. Never blocks. */
  public @Nullable ByteBuf hot(CachedContent content, int piece) {
    ByteBuf bytes = hot.get(keyOf(content, piece));
    if (bytes != null) {
      metrics.read(Tier.HOT, 1);
    }
    return bytes;
  }

  /**
   * The piece from hot tier, store or a fill, whichever has it first; one flight however many ask.
   * Never blocks; the future completes at once or on a thread of cache, source or timer, and never
   * exceptionally. A caller that has lost interest may cancel it.
   */
  public CompletableFuture<PieceRead> read(CachedContent content, int piece) {
    ByteBuf bytes = hot(content, piece);
    if (bytes != null) {
      return CompletableFuture.completedFuture(new PieceRead.Found(bytes));
    }
    CompletableFuture<PieceRead> read = new CompletableFuture<>();
    Flight flight = new Flight(keyOf(content, piece), content, false);
    Flight.Boarding boarding;
    do {
      if (closed) {
        return refused(Refusal.CLOSED);
      }
      FlightBoard.Added added = board.add(flight);
      if (added instanceof FlightBoard.Added.Refused) {
        return refused(Refusal.BUSY);
      }
      if (added instanceof FlightBoard.Added.Already already) {
        boarding = already.flight().board(read, limits.waitersPerFlight());
      } else {
        boarding = flight.board(read, limits.waitersPerFlight());
        start(flight);
      }
    } while (boarding == Flight.Boarding.GONE);
    if (boarding == Flight.Boarding.FULL) {
      return refused(Refusal.WAITERS);
    }
    expireLater(read);
    return read;
  }

  /**
   * Hint that this piece will be read soon: starts its fill in the background unless the cache is
   * busy.
   */
  public void prefetch(CachedContent content, int piece) {
    PieceKey key = keyOf(content, piece);
    boolean here = hot.contains(key) || store.has(key.ordinal(), piece);
    if (!closed && !here && board.size() < limits.flights() / 2) {
      Flight flight = new Flight(key, content, false);
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
    PieceKey key = keyOf(content, piece);
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
      return already.flight().ended();
    }
    start(flight);
    return flight.ended();
  }

  /** Whether readers wait for enough pieces that background work should hold back. */
  public boolean busy() {
    return board.foreground() >= BUSY_FLIGHTS;
  }

  /** Whether this piece is in memory now; answers from memory, and is no use of the piece. */
  public boolean isHot(CachedContent content, int piece) {
    return hot.contains(keyOf(content, piece));
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
    store.protect(protectedOrdinals);
    store.retain(ordinals);
    hot.evictWhere(ordinal -> !ordinals.contains(ordinal));
    verified.forgetWhere(ordinal -> !ordinals.contains(ordinal));
    health.forgetWhere(ordinal -> !ordinals.contains(ordinal));
  }

  private void start(Flight flight) {
    ByteBuf nowHot = hot.get(flight.key());
    if (nowHot != null) {
      land(flight, nowHot, Tier.HOT);
      return;
    }
    loader.load(
        flight.key(),
        flight.content(),
        new PieceLoader.Arrival() {
          @Override
          public void arrived(ByteBuf verifiedBytes, Tier from) {
            land(flight, verifiedBytes, from);
          }

          @Override
          public void failed(Refusal refusal, PieceRead.Unavailable answer) {
            board.remove(flight);
            metrics.refused(refusal, flight.cancel(answer));
          }
        });
  }

  /** Takes ownership of verified bytes. */
  private void land(Flight flight, ByteBuf bytes, Tier from) {
    if (from != Tier.HOT && flight.wanted()) {
      hot.put(flight.key(), bytes);
    }
    metrics.read(from, flight.land(bytes));
    if (store.has(flight.key().ordinal(), flight.key().piece())) {
      leave(flight, new FillOutcome.Stored());
    } else {
      storeWriter.write(flight, bytes, outcome -> leave(flight, outcome));
    }
  }

  /** Off the board first: whoever finds the flight gone must not find it on the board again. */
  private void leave(Flight flight, FillOutcome outcome) {
    board.remove(flight);
    flight.depart(outcome);
  }

  private void expireLater(CompletableFuture<PieceRead> read) {
    if (read.isDone()) {
      return;
    }
    try {
      Future<?> alarm =
          timer.schedule(() -> expire(read), limits.deadline().toNanos(), TimeUnit.NANOSECONDS);
      var unused = read.whenComplete((answer, failure) -> alarm.cancel(false));
    } catch (RejectedExecutionException e) {
      read.complete(Refusal.CLOSED.unavailable());
    }
  }

  private void expire(CompletableFuture<PieceRead> read) {
    if (read.complete(Refusal.DEADLINE.unavailable())) {
      metrics.refused(Refusal.DEADLINE, 1);
    }
  }

  private CompletableFuture<PieceRead> refused(Refusal refusal) {
    metrics.refused(refusal, 1);
    return CompletableFuture.completedFuture(refusal.unavailable());
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
    PieceRead.Unavailable answer = Refusal.CLOSED.unavailable();
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

  private static PieceKey keyOf(CachedContent content, int piece) {
    return new PieceKey(
        content.ordinal(), Objects.checkIndex(piece, content.metainfo().pieceCount()));
  }
}
