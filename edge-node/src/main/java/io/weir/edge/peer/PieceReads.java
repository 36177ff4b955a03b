package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PartRead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pieces that are being read for one peer, one read each however many of its blocks wait, and
 * those whose turn has not come. A piece that cannot be had is asked for again every {@value
 * #RETRY_SECONDS} s while blocks wait for it.
 *
 * <p>Bounds: {@value #MAX_FILLS} pieces that have to come from the source, so that no peer has all
 * of the source, and {@value #MAX_READS} with those that are stored, which need not wait behind a
 * source that does not answer. A read that is late, its blocks being answered without it, no longer
 * counts; of those there are at most {@value #MAX_READS} for each deadline that has passed since
 * they began.
 *
 * <p>Confined to the channel's event loop; cache threads hand what they have read to it.
 */
final class PieceReads {
  /** Pieces filled for one peer at a time. */
  static final int MAX_FILLS = 16;

  /** Pieces read for one peer at a time, fills included. */
  static final int MAX_READS = 24;

  static final long RETRY_SECONDS = 2;

  private static final PartRead BROKEN_READ = new PartRead.Unavailable("the read failed");

  /** Who the pieces are read for. */
  interface Receiver {
    /** Whether blocks of this piece are still waited for. */
    boolean isWaitedFor(int piece);

    /** A piece has come, waited for or not; borrows for the call. */
    void onPiece(int piece, ByteBuf bytes);

    /** A read is over: another may begin. */
    void onReadEnded();
  }

  private enum Stage {
    QUEUED,
    READING,
    LATE
  }

  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final Pieces pieces;
  private final Receiver receiver;
  private final Map<Integer, Stage> stages = new LinkedHashMap<>();
  private int reading;

  PieceReads(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      Receiver receiver) {
    this.connection = connection;
    this.registered = registered;
    this.pieces = pieces;
    this.receiver = receiver;
  }

  /** Whether this piece is being read, or will be. */
  boolean isComing(int piece) {
    return stages.containsKey(piece);
  }

  /** Pieces being read, or to be read. */
  int coming() {
    return stages.size();
  }

  /** Blocks of this piece are waited for: it is to be read, by the read that is late if any. */
  void want(int piece) {
    Stage stage = stages.putIfAbsent(piece, Stage.QUEUED);
    if (stage == Stage.LATE) {
      stages.put(piece, Stage.READING);
      reading++;
    }
  }

  /** Starts reads in the order in which they were wanted, as far as the bounds allow. */
  void start(CachedContent content) {
    for (Map.Entry<Integer, Stage> entry : stages.entrySet()) {
      if (reading >= MAX_READS) {
        return;
      }
      int piece = entry.getKey();
      if (entry.getValue() == Stage.QUEUED
          && (reading < MAX_FILLS || pieces.isStored(content, piece))) {
        entry.setValue(Stage.READING);
        reading++;
        read(content, piece);
      }
    }
  }

  /** Nobody waits for this piece any more: if its turn has not come, it is not read. */
  void unwant(int piece) {
    stages.remove(piece, Stage.QUEUED);
  }

  /** The blocks of this piece were answered without it: its read, if any, makes room for others. */
  void late(int piece) {
    unwant(piece);
    if (stages.replace(piece, Stage.READING, Stage.LATE)) {
      reading--;
    }
  }

  /** Forgets all; what still comes is released. */
  void close() {
    stages.clear();
    reading = 0;
  }

  private void read(CachedContent content, int piece) {
    EventLoop loop = connection.channel().eventLoop();
    var unused =
        pieces
            .read(content, piece)
            .whenComplete(
                (answer, failure) -> {
                  PartRead read = answer == null ? BROKEN_READ : answer;
                  try {
                    loop.execute(() -> onRead(piece, read));
                  } catch (RejectedExecutionException e) {
                    release(read);
                  }
                });
  }

  /** Takes ownership of what was found. */
  private void onRead(int piece, PartRead read) {
    if (!connection.isOpen()) {
      release(read);
    } else if (read instanceof PartRead.Found found) {
      end(piece);
      try {
        receiver.onPiece(piece, found.bytes());
      } finally {
        found.bytes().release();
      }
      receiver.onReadEnded();
    } else if (receiver.isWaitedFor(piece)) {
      var unused =
          connection
              .channel()
              .eventLoop()
              .schedule(() -> readAgain(piece), RETRY_SECONDS, TimeUnit.SECONDS);
    } else {
      end(piece);
      receiver.onReadEnded();
    }
  }

  private void readAgain(int piece) {
    CachedContent content = registered.get();
    if (!connection.isOpen() || content == null) {
      return;
    }
    if (receiver.isWaitedFor(piece)) {
      read(content, piece);
    } else {
      end(piece);
      receiver.onReadEnded();
    }
  }

  private void end(int piece) {
    if (stages.remove(piece) == Stage.READING) {
      reading--;
    }
  }

  private static void release(PartRead read) {
    if (read instanceof PartRead.Found found) {
      found.bytes().release();
    }
  }
}
