package io.weir.edge.peer;

import io.weir.edge.cache.CachedContent;
import io.weir.protocol.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Has the next pieces filled while a peer is still at the one before, and suggests what is here
 * while not everything is stored; see {@link Suggestions}.
 *
 * <p>{@value #PIECES} pieces ahead: libtorrent has as much asked for as came in the last three
 * seconds, so that a source of five would have to give it more than two pieces for each that it
 * asks for, or it goes no faster.
 *
 * <p>Nothing more is read ahead while {@link PartReads#MAX_FILLS} pieces are on their way to the
 * peer, asked for or not; so a peer has less than twice as many filled at a time. Confined to the
 * channel's event loop; it looks whether what it had filled has come every {@link #LOOK_EVERY}, and
 * only while it waits for any.
 */
final class ReadAhead {
  static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** Pieces filled ahead of one. */
  static final int PIECES = 4;

  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final Pieces pieces;
  private final Announcements announcements;
  private final PeerPieces peerPieces;
  private final boolean fast;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final int pieceCount;
  private final Suggestions suggestions;
  private @Nullable Future<?> look;

  /**
   * For one peer.
   *
   * @param registered the content as it is registered at the time, null once it is withdrawn
   * @param fast whether the peer understands suggestions
   * @param random where the first suggestions are looked for
   */
  ReadAhead(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      Announcements announcements,
      PeerPieces peerPieces,
      int pieceCount,
      boolean fast,
      LongSupplier nanoClock,
      RandomGenerator random) {
    this.connection = connection;
    this.registered = registered;
    this.pieces = pieces;
    this.announcements = announcements;
    this.peerPieces = peerPieces;
    this.pieceCount = pieceCount;
    this.fast = fast;
    this.nanoClock = nanoClock;
    this.random = random;
    this.suggestions = new Suggestions(pieceCount);
  }

  /** The peer may ask from now on; queues, the caller flushes. */
  void begin() {
    CachedContent content = registered.get();
    if (fast && content != null && pieces.stored(content).cardinality() < pieceCount) {
      suggest(
          suggestions.begin(
              random.nextInt(pieceCount),
              piece -> !peerPieces.has(piece) && isHere(content, piece)));
    }
  }

  /**
   * The peer has asked for this block. Clients begin a piece at its beginning.
   *
   * @param reads what is being read for the peer
   */
  void onRequest(CachedContent content, Block block, PartReads reads) {
    suggestions.taken(block.piece());
    if (block.begin() != 0) {
      return;
    }
    int room = PartReads.MAX_FILLS - reads.coming() - suggestions.awaited();
    int last = Math.min(block.piece() + PIECES, pieceCount - 1);
    for (int next = block.piece() + 1; next <= last && room > 0; next++) {
      boolean wanted =
          !peerPieces.has(next) && !reads.isPieceComing(next) && !isHere(content, next);
      if (wanted && suggestions.await(next, nanoClock.getAsLong())) {
        pieces.prefetch(content, next);
        room--;
      }
    }
    lookLater();
  }

  /** The peer has this piece. */
  void onPeerHas(int piece) {
    suggestions.taken(piece);
  }

  void close() {
    if (look != null) {
      look.cancel(false);
    }
  }

  private void lookLater() {
    if (look == null && suggestions.awaited() > 0) {
      look =
          connection
              .channel()
              .eventLoop()
              .schedule(this::look, LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    look = null;
    CachedContent content = registered.get();
    if (!connection.isOpen() || content == null) {
      return;
    }
    List<Integer> come = suggestions.come(piece -> isHere(content, piece), nanoClock.getAsLong());
    if (fast && !come.isEmpty()) {
      suggest(come);
      connection.flush();
    }
    lookLater();
  }

  private void suggest(List<Integer> here) {
    here.forEach(piece -> connection.write(new WireMessage.SuggestPiece(piece)));
  }

  private boolean isHere(CachedContent content, int piece) {
    return announcements.claims(piece)
        && (pieces.isHot(content, piece) || pieces.isStored(content, piece));
  }
}
