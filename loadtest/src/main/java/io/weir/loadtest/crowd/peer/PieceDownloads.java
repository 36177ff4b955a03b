package io.weir.loadtest.crowd.peer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The pieces a peer has open, and which block is asked of which remote. In this order a remote is
 * asked for the rest of the pieces that were opened for it, for a new piece while there is room for
 * one, for any other open piece's unasked blocks, and in the end game, when no piece is left to
 * open, for blocks that another remote has owed for long.
 *
 * <p>At most {@code maxOpen} pieces hold a buffer, those being verified and written included;
 * buffers are reused. Pure; confined to its peer's event loop.
 */
final class PieceDownloads {
  /** How long another remote may owe a block before it is asked for twice. */
  static final Duration OVERDUE = Duration.ofSeconds(4);

  /**
   * Blocks that peers must owe for an edge to be asked only for pieces that no peer has: enough to
   * keep this peer busy, so that edges fill in where peers are slow or few.
   */
  static final int PEERS_BUSY_BLOCKS = 64;

  /** What a block turned out to be. */
  sealed interface BlockOutcome {
    /** New; its piece is still not whole. */
    record Stored() implements BlockOutcome {}

    /** New, and the last of its piece; the caller answers by onVerified or onCorrupt. */
    record Completed(OpenPiece piece) implements BlockOutcome {}

    /** Had already, or never asked for. */
    record Wasted() implements BlockOutcome {}
  }

  private final PiecePicker picker;
  private final IntUnaryOperator pieceLengthBytes;
  private final int bufferBytes;
  private final int maxOpen;
  private final Map<Integer, OpenPiece> open = new LinkedHashMap<>();
  private final Map<Integer, OpenPiece> whole = new LinkedHashMap<>();
  private final Deque<ByteBuffer> spare = new ArrayDeque<>();
  private int owedByPeers;

  PieceDownloads(
      PiecePicker picker, IntUnaryOperator pieceLengthBytes, int bufferBytes, int maxOpen) {
    this.picker = picker;
    this.pieceLengthBytes = pieceLengthBytes;
    this.bufferBytes = bufferBytes;
    this.maxOpen = maxOpen;
  }

  /** Fills the remote's pipeline and returns what to send it, maybe nothing. */
  List<BlockRequest> ask(Remote remote, long nowNanos) {
    int room = remote.pipeline().room();
    if (room == 0) {
      return List.of();
    }
    List<BlockRequest> requests = new ArrayList<>(room);
    while (requests.size() < room) {
      BlockRequest next = next(remote, nowNanos);
      if (next == null) {
        break;
      }
      remote.pipeline().add(next, nowNanos);
      owedByPeers += remote.isEdge() ? 0 : 1;
      requests.add(next);
    }
    return requests;
  }

  /**
   * Takes a block in, whether it was asked for or not; borrows {@code block} for the call. The
   * request's bounds need not be valid.
   */
  BlockOutcome onBlock(Remote from, BlockRequest request, ByteBuffer block, long nowNanos) {
    boolean asked = onAnswer(from, request, nowNanos);
    OpenPiece piece = asked ? open.get(request.piece()) : null;
    if (piece == null || !piece.accept(request, block, from)) {
      return new BlockOutcome.Wasted();
    }
    if (!piece.isWhole()) {
      return new BlockOutcome.Stored();
    }
    open.remove(piece.piece());
    whole.put(piece.piece(), piece);
    return new BlockOutcome.Completed(piece);
  }

  /** The remote refused this block. */
  void onReject(Remote remote, BlockRequest request, long nowNanos) {
    if (onAnswer(remote, request, nowNanos)) {
      release(request);
    }
  }

  /** The remote will answer nothing that was asked of it: it choked, stalled or left. */
  void onGone(Remote remote) {
    List<BlockRequest> owed = remote.pipeline().drain();
    owedByPeers -= remote.isEdge() ? 0 : owed.size();
    owed.forEach(this::release);
  }

  /** The piece is on disk: its buffer is free again. */
  void onVerified(OpenPiece piece) {
    reuse(piece);
  }

  /** The piece's hash was wrong: it will be picked again. Returns who its bytes came from. */
  Set<Remote> onCorrupt(OpenPiece piece) {
    reuse(piece);
    picker.giveBack(piece.piece());
    return piece.sources();
  }

  private @Nullable BlockRequest next(Remote remote, long nowNanos) {
    BlockRequest next = unasked(remote, true, nowNanos);
    if (next == null) {
      next = opened(remote, nowNanos);
    }
    if (next == null) {
      next = unasked(remote, false, nowNanos);
    }
    if (next == null && picker.isExhausted()) {
      next = overdue(remote, nowNanos);
    }
    return next;
  }

  private @Nullable BlockRequest unasked(Remote remote, boolean ownOnly, long nowNanos) {
    for (OpenPiece piece : open.values()) {
      if (ownOnly ? piece.openedFor() == remote : remote.has().get(piece.piece())) {
        int block = piece.firstUnasked();
        if (block >= 0) {
          return piece.ask(block, nowNanos);
        }
      }
    }
    return null;
  }

  private @Nullable BlockRequest opened(Remote remote, long nowNanos) {
    if (open.size() + whole.size() >= maxOpen) {
      return null;
    }
    boolean leaveToPeers = remote.isEdge() && owedByPeers >= PEERS_BUSY_BLOCKS;
    int index = picker.pick(remote.has(), leaveToPeers ? 0 : Integer.MAX_VALUE);
    if (index == PiecePicker.NONE) {
      return null;
    }
    ByteBuffer data = spare.isEmpty() ? ByteBuffer.allocateDirect(bufferBytes) : spare.pop();
    OpenPiece piece = new OpenPiece(index, pieceLengthBytes.applyAsInt(index), data, remote);
    open.put(index, piece);
    return piece.ask(0, nowNanos);
  }

  private @Nullable BlockRequest overdue(Remote remote, long nowNanos) {
    Collection<OpenPiece> pieces = open.values();
    for (OpenPiece piece : pieces) {
      if (remote.has().get(piece.piece())) {
        int block = piece.firstOverdue(remote, nowNanos - OVERDUE.toNanos());
        if (block >= 0) {
          return piece.ask(block, nowNanos);
        }
      }
    }
    return null;
  }

  private boolean onAnswer(Remote remote, BlockRequest request, long nowNanos) {
    boolean asked = remote.pipeline().onAnswer(request, nowNanos);
    owedByPeers -= asked && !remote.isEdge() ? 1 : 0;
    return asked;
  }

  private void release(BlockRequest request) {
    OpenPiece piece = open.get(request.piece());
    if (piece != null) {
      piece.release(request);
    }
  }

  private void reuse(OpenPiece piece) {
    whole.remove(piece.piece());
    spare.push(piece.data());
  }
}
