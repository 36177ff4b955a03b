package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.weir.edge.cache.CachedContent;
import io.weir.edge.cache.PartRead;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts that are being read for one peer, one read each however many of its blocks wait, and
 * those whose turn has not come; by {@linkplain PartNumbers number}. A part that cannot be had is
 * asked for again every {@value #RETRY_SECONDS} s while blocks wait for it.
 *
 * <p>Bounds: {@value #MAX_FILLS} pieces that have to come from the source, so that no peer has all
 * of the source, whatever of them is waited for; and {@value #MAX_READS} together with stored
 * parts, which need not wait behind a source that does not answer. A read that is late, its blocks
 * being answered without it, no longer counts; of those there are at most {@value #MAX_READS} for
 * each deadline that has passed since they began.
 *
 * <p>Confined to the channel's event loop; cache threads hand what they have read to it.
 */
final class PartReads {
  /** Pieces filled for one peer at a time. */
  static final int MAX_FILLS = 16;

  /** Stored parts read, and pieces filled, for one peer at a time. */
  static final int MAX_READS = 24;

  static final long RETRY_SECONDS = 2;

  private static final PartRead BROKEN_READ = new PartRead.Unavailable("the read failed");

  /** Who the parts are read for. */
  interface Receiver {
    /** Whether blocks of this part are still waited for. */
    boolean isWaitedFor(int number);

    /** A part has come, waited for or not; borrows for the call. */
    void onPart(int number, ByteBuf bytes);

    /** A read is over: another may begin. */
    void onReadEnded();
  }

  private enum Stage {
    QUEUED,
    READING,
    FILLING,
    LATE
  }

  private final PeerConnection connection;
  private final Supplier<@Nullable CachedContent> registered;
  private final Pieces pieces;
  private final PartNumbers numbers;
  private final Receiver receiver;
  private final Map<Integer, Stage> stages = new LinkedHashMap<>();
  private final Map<Integer, Integer> filling = new HashMap<>();
  private int reading;

  PartReads(
      PeerConnection connection,
      Supplier<@Nullable CachedContent> registered,
      Pieces pieces,
      PartNumbers numbers,
      Receiver receiver) {
    this.connection = connection;
    this.registered = registered;
    this.pieces = pieces;
    this.numbers = numbers;
    this.receiver = receiver;
  }

  /** Whether this part is being read, or will be. */
  boolean isComing(int number) {
    return stages.containsKey(number);
  }

  /** Whether any part of this piece is being read, or will be. */
  boolean isPieceComing(int piece) {
    return stages.keySet().stream().anyMatch(number -> numbers.piece(number) == piece);
  }

  /** Pieces of which parts are being read, or to be read. */
  int coming() {
    return (int) stages.keySet().stream().mapToInt(numbers::piece).distinct().count();
  }

  /** Blocks of this part are waited for: it is to be read, by the read that is late if any. */
  void want(int number) {
    Stage stage = stages.putIfAbsent(number, Stage.QUEUED);
    if (stage == Stage.LATE) {
      begin(number, Stage.FILLING);
    }
  }

  /** Starts reads in the order in which they were wanted, as far as the bounds allow. */
  void start(CachedContent content) {
    for (Map.Entry<Integer, Stage> entry : stages.entrySet()) {
      if (entry.getValue() != Stage.QUEUED) {
        continue;
      }
      int number = entry.getKey();
      int piece = numbers.piece(number);
      boolean isStored = pieces.isStored(content, piece);
      if (isStored ? reading + filling.size() < MAX_READS : mayFill(piece)) {
        begin(number, isStored ? Stage.READING : Stage.FILLING);
        read(content, number);
      }
    }
  }

  private boolean mayFill(int piece) {
    return filling.containsKey(piece)
        || (filling.size() < MAX_FILLS && reading + filling.size() < MAX_FILLS);
  }

  private void begin(int number, Stage stage) {
    stages.put(number, stage);
    if (stage == Stage.FILLING) {
      filling.merge(numbers.piece(number), 1, Integer::sum);
    } else {
      reading++;
    }
  }

  private void ended(@Nullable Stage stage, int number) {
    if (stage == Stage.FILLING) {
      filling.computeIfPresent(numbers.piece(number), (p, reads) -> reads > 1 ? reads - 1 : null);
    } else if (stage == Stage.READING) {
      reading--;
    }
  }

  /** Nobody waits for this part any more: if its turn has not come, it is not read. */
  void unwant(int number) {
    stages.remove(number, Stage.QUEUED);
  }

  /** The blocks of this part were answered without it: its read, if any, makes room for others. */
  void late(int number) {
    unwant(number);
    Stage stage = stages.replace(number, Stage.LATE);
    if (stage != null) {
      ended(stage, number);
    }
  }

  /** The blocks of this piece were answered without it. */
  void latePiece(int piece) {
    stages.keySet().stream()
        .filter(number -> numbers.piece(number) == piece)
        .toList()
        .forEach(this::late);
  }

  /** Forgets all; what still comes is released. */
  void close() {
    stages.clear();
    filling.clear();
    reading = 0;
  }

  private void read(CachedContent content, int number) {
    EventLoop loop = connection.channel().eventLoop();
    var unused =
        ask(content, number)
            .whenComplete(
                (answer, failure) -> {
                  PartRead read = answer == null ? BROKEN_READ : answer;
                  try {
                    loop.execute(() -> onRead(number, read));
                  } catch (RejectedExecutionException e) {
                    release(read);
                  }
                });
  }

  private CompletableFuture<PartRead> ask(CachedContent content, int number) {
    int piece = numbers.piece(number);
    int part = numbers.part(number);
    CompletableFuture<PartRead> read = pieces.read(content, piece, part);
    return PartNumbers.isOfTwo(number)
        ? read.thenCombine(pieces.read(content, piece, part + 1), PartReads::join)
        : read;
  }

  /** Takes ownership of what was found, returns owned. */
  private static PartRead join(PartRead first, PartRead second) {
    if (first instanceof PartRead.Found one && second instanceof PartRead.Found other) {
      return new PartRead.Found(Unpooled.wrappedBuffer(one.bytes(), other.bytes()));
    }
    release(first);
    release(second);
    return first instanceof PartRead.Unavailable ? first : second;
  }

  /** Takes ownership of what was found. */
  private void onRead(int number, PartRead read) {
    if (!connection.isOpen()) {
      release(read);
    } else if (read instanceof PartRead.Found found) {
      end(number);
      try {
        receiver.onPart(number, found.bytes());
      } finally {
        found.bytes().release();
      }
      receiver.onReadEnded();
    } else if (receiver.isWaitedFor(number)) {
      var unused =
          connection
              .channel()
              .eventLoop()
              .schedule(() -> readAgain(number), RETRY_SECONDS, TimeUnit.SECONDS);
    } else {
      end(number);
      receiver.onReadEnded();
    }
  }

  private void readAgain(int number) {
    CachedContent content = registered.get();
    if (!connection.isOpen() || content == null) {
      return;
    }
    if (receiver.isWaitedFor(number)) {
      read(content, number);
    } else {
      end(number);
      receiver.onReadEnded();
    }
  }

  private void end(int number) {
    ended(stages.remove(number), number);
  }

  private static void release(PartRead read) {
    if (read instanceof PartRead.Found found) {
      found.bytes().release();
    }
  }
}
