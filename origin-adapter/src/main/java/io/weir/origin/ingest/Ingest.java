package io.weir.origin.ingest;

import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.SpoolShelf;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * One ingest that the adapter knows. Every change is on disk before it shows; once forgotten
 * nothing of it is written again, whoever still works on it. Any thread.
 */
public final class Ingest {
  private final ContentKey key;
  private final SpoolShelf shelf;
  private final IngestFiles files;
  private final AtomicLong hashedBytes = new AtomicLong();
  private volatile IngestRecord ingest;
  private volatile boolean forgotten;

  Ingest(ContentKey key, SpoolShelf shelf, IngestFiles files, IngestRecord ingest) {
    this.key = key;
    this.shelf = shelf;
    this.files = files;
    this.ingest = ingest;
  }

  /** Where it stands now. */
  public IngestStatus status() {
    IngestRecord now = ingest;
    OriginObject object = now.object();
    long total = object == null ? -1 : object.lengthBytes();
    long hashed = now.state() == State.DONE ? total : hashedBytes.get();
    return new IngestStatus(now.state(), hashed, total, now.failure());
  }

  /** The torrent, without trackers, once it is done. */
  public Optional<byte[]> metainfo() throws IOException {
    return ingest.state() == State.DONE
        ? Optional.of(Files.readAllBytes(files.metainfo(key)))
        : Optional.empty();
  }

  /** What fills need, once it is done. */
  public Optional<IngestedContent> content() {
    IngestRecord now = ingest;
    OriginObject object = now.object();
    return now.state() == State.DONE && object != null
        ? Optional.of(
            new IngestedContent(
                key, url(), object, now.pieceLengthBytes(), files.metainfo(key), shelf))
        : Optional.empty();
  }

  /**
   * The edges have the bytes: the spool may let them go.
   *
   * @return false where it is not done yet, and nothing was released
   */
  public boolean release() throws IOException {
    if (ingest.state() != State.DONE) {
      return false;
    }
    change(IngestRecord::asReleased);
    shelf.release();
    return true;
  }

  ContentKey key() {
    return key;
  }

  IngestRequest request() {
    return ingest.request();
  }

  State state() {
    return ingest.state();
  }

  URI url() {
    return URI.create(Objects.requireNonNull(ingest.request().origin().url(), "url"));
  }

  SpoolShelf shelf() {
    return shelf;
  }

  void onHashed(long bytes) {
    hashedBytes.addAndGet(bytes);
  }

  synchronized void change(UnaryOperator<IngestRecord> change) throws IOException {
    if (!forgotten) {
      IngestRecord changed = change.apply(ingest);
      files.save(key, changed);
      ingest = changed;
    }
  }

  synchronized void finish(byte[] torrent) throws IOException {
    if (!forgotten) {
      files.saveMetainfo(key, torrent);
      change(IngestRecord::done);
    }
  }

  synchronized void forget() throws IOException {
    forgotten = true;
    files.delete(key);
    shelf.drop();
  }

  void checkNotForgotten() throws OriginException {
    if (forgotten) {
      throw new OriginException(Fault.STOPPED, "the ingest was deleted");
    }
  }
}
