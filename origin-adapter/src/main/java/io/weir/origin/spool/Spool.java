package io.weir.origin.spool;

import io.weir.origin.metrics.OriginMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool on disk: {@code {contentId}/{version}/{piece}.piece}, each written under another name
 * and then moved into place. Pieces found at a start are not synced at writing and so are unproven
 * until someone who knows their hash has checked them.
 *
 * <p>Any thread. The lock guards the ledger and every appearance and disappearance of a piece's
 * name; bytes are written and read outside it.
 */
public final class Spool {
  private static final Logger log = LoggerFactory.getLogger(Spool.class);

  /** Content ids begin with a letter or a digit, so that no content is ever called that. */
  private static final String SCRATCH = ".scratch";

  private final Path directory;
  private final Path scratch;
  private final OriginMetrics metrics;

  /** Whether the last write went well, so that a full disk is told once and not for each piece. */
  private final AtomicBoolean writing = new AtomicBoolean(true);

  private final AtomicLong scratchNames = new AtomicLong();
  private final Object lock = new Object();
  private final SpoolLedger ledger;

  /** Finds what an earlier run left. */
  public Spool(Path directory, long capacityBytes, OriginMetrics metrics) throws IOException {
    this.directory = directory;
    this.scratch = directory.resolve(SCRATCH);
    this.metrics = metrics;
    this.ledger = new SpoolLedger(capacityBytes);
    Files.createDirectories(directory);
    deleteTree(scratch);
    SpoolScan.of(directory).forEach(found -> ledger.onFound(found.piece(), found.bytes()));
    Files.createDirectories(scratch);
    metrics.watchSpool(this::usedBytes);
  }

  /** Bytes of all pieces. */
  public long usedBytes() {
    synchronized (lock) {
      return ledger.usedBytes();
    }
  }

  /** The shelf of one content version, with what is on it already. */
  public SpoolShelf open(ContentKey content) {
    synchronized (lock) {
      ledger.open(content);
    }
    return new SpoolShelf(this, content);
  }

  /** Drops every content that is not among these. */
  public void retain(Set<ContentKey> known) {
    List<ContentKey> found;
    synchronized (lock) {
      found = ledger.contents();
    }
    found.stream()
        .filter(content -> !known.contains(content))
        .forEach(content -> open(content).drop());
  }

  boolean put(SpoolShelf shelf, PieceKey piece, ByteBuffer bytes) {
    long length = bytes.remaining();
    synchronized (lock) {
      if (!shelf.isDropped() && ledger.isProven(piece)) {
        return true;
      }
      if (!shelf.isDropped() && ledger.readableBytes(piece) > 0) {
        remove(piece);
      }
      List<PieceKey> evicted = shelf.isDropped() ? null : ledger.reserve(piece, length);
      if (evicted == null) {
        metrics.onSpoolRefusal(length);
        return false;
      }
      for (PieceKey victim : evicted) {
        metrics.onSpoolEviction(delete(victim.below(directory)));
      }
    }
    Path written = scratch.resolve(Long.toString(scratchNames.incrementAndGet()));
    try {
      write(written, bytes);
      writing.set(true);
      return commit(shelf, piece, written);
    } catch (IOException e) {
      if (writing.compareAndSet(true, false)) {
        log.warn("Spool cannot be written, bytes are let go error={}", e.toString());
      }
      metrics.onSpoolFailure();
      delete(written);
      synchronized (lock) {
        if (!shelf.isDropped()) {
          ledger.remove(piece);
        }
      }
      return false;
    }
  }

  private boolean commit(SpoolShelf shelf, PieceKey piece, Path written) throws IOException {
    synchronized (lock) {
      if (shelf.isDropped()) {
        delete(written);
        return false;
      }
      Path target = piece.below(directory);
      Files.createDirectories(target.getParent());
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
      ledger.onWritten(piece);
      return true;
    }
  }

  private static void write(Path file, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  @Nullable SpooledPiece read(SpoolShelf shelf, PieceKey piece, boolean provenOnly) {
    synchronized (lock) {
      long length = shelf.isDropped() ? 0 : ledger.readableBytes(piece);
      if (length == 0 || (provenOnly && !ledger.isProven(piece))) {
        return null;
      }
      try {
        FileChannel channel = FileChannel.open(piece.below(directory), StandardOpenOption.READ);
        return new SpooledPiece(channel, length);
      } catch (IOException e) {
        log.warn("Spooled piece unreadable piece={} error={}", piece, e.toString());
        metrics.onSpoolFailure();
        remove(piece);
        return null;
      }
    }
  }

  void prove(SpoolShelf shelf, PieceKey piece, boolean matches) {
    synchronized (lock) {
      if (shelf.isDropped()) {
        return;
      }
      if (matches) {
        ledger.onProven(piece);
      } else {
        metrics.onSpoolCorruption();
        remove(piece);
      }
    }
  }

  private void remove(PieceKey piece) {
    ledger.remove(piece);
    delete(piece.below(directory));
  }

  void release(SpoolShelf shelf, ContentKey content) {
    synchronized (lock) {
      if (!shelf.isDropped()) {
        ledger.release(content);
      }
    }
  }

  void drop(SpoolShelf shelf, ContentKey content) {
    Path dropped = scratch.resolve(Long.toString(scratchNames.incrementAndGet()));
    synchronized (lock) {
      if (shelf.isDropped()) {
        return;
      }
      shelf.onDropped();
      takeAway(content, dropped);
    }
    deleteTaken(content, dropped);
  }

  void clear(SpoolShelf shelf, ContentKey content) {
    Path dropped = scratch.resolve(Long.toString(scratchNames.incrementAndGet()));
    synchronized (lock) {
      if (shelf.isDropped()) {
        return;
      }
      takeAway(content, dropped);
      ledger.open(content);
    }
    deleteTaken(content, dropped);
  }

  /** The pieces lose their names under the lock, in one move, so that a successor's never mix. */
  private void takeAway(ContentKey content, Path dropped) {
    ledger.drop(content);
    try {
      Files.move(content.below(directory), dropped, StandardCopyOption.ATOMIC_MOVE);
      deleteIfEmpty(directory.resolve(content.contentId()));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot drop spooled content " + content, e);
    }
  }

  private void deleteTaken(ContentKey content, Path dropped) {
    try {
      deleteTree(dropped);
    } catch (IOException e) {
      log.warn("Dropped pieces left on disk content={} error={}", content, e.toString());
      metrics.onSpoolFailure();
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> versions = Files.list(folder)) {
      if (versions.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
  }

  private long delete(Path file) {
    try {
      long bytes = Files.size(file);
      Files.delete(file);
      return bytes;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      log.warn("Spool file not deleted file={} error={}", file, e.toString());
      metrics.onSpoolFailure();
      return 0;
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
