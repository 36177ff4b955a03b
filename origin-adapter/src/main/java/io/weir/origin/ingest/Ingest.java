package io.weir.origin.ingest;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.SpoolShelf;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.metainfo.TorrentDraft;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ingest that the adapter knows. Every change but a failure is on disk before it shows; once
 * forgotten nothing of it is written again, whoever still works on it. Any thread.
 */
public final class Ingest {
  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  private final ContentKey key;
  private final SpoolShelf shelf;
  private final IngestFiles files;
  private final OriginMetrics metrics;
  private final IngestedContent content;
  private final AtomicLong hashedBytes = new AtomicLong();
  private volatile IngestRecord ingest;
  private volatile boolean forgotten;

  Ingest(
      ContentKey key,
      SpoolShelf shelf,
      IngestFiles files,
      IngestRecord ingest,
      OriginMetrics metrics) {
    this.key = key;
    this.shelf = shelf;
    this.files = files;
    this.ingest = ingest;
    this.metrics = metrics;
    this.content = new IngestedContent(this, files);
  }

  /** Where it stands now. */
  public IngestStatus status() {
    IngestRecord now = ingest;
    long hashed = now.state() == State.DONE ? now.totalBytes() : hashedBytes.get();
    return new IngestStatus(now.state(), hashed, now.totalBytes(), now.failure());
  }

  /** The torrent, without trackers, once it is done. */
  public Optional<byte[]> metainfo() throws IOException {
    return ingest.state() == State.DONE ? Optional.of(files.metainfo(key)) : Optional.empty();
  }

  /** What fills need, once it is done; the same each time. */
  public Optional<IngestedContent> content() {
    return ingest.state() == State.DONE ? Optional.of(content) : Optional.empty();
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

  /** Writes down what was asked for; the record, which makes it an ingest, comes last. */
  synchronized void register(Registration registration) throws IOException {
    files.saveRequest(key, registration.request());
    if (registration.imported() != null) {
      files.saveMetainfo(key, registration.imported().toTorrent(List.of(), List.of()));
    }
    files.save(key, ingest);
  }

  /** As it was asked for, without its torrent. */
  IngestRequest request() throws IOException {
    return files.request(key);
  }

  /** The torrent that came with the request. */
  Metainfo imported() throws IOException {
    try {
      return Metainfo.parse(files.metainfo(key));
    } catch (MetainfoException e) {
      throw new IOException("the torrent of " + key + " is damaged: " + e.getMessage(), e);
    }
  }

  boolean isFor(Registration registration) {
    return ingest.fingerprint().equals(registration.fingerprint());
  }

  boolean isImported() {
    return ingest.imported();
  }

  boolean isChanged() {
    return ingest.changed();
  }

  State state() {
    return ingest.state();
  }

  SpoolShelf shelf() {
    return shelf;
  }

  void onHashed(long bytes) {
    hashedBytes.addAndGet(bytes);
  }

  /** What was hashed of the same objects before; empty where there is nothing of that. */
  DigestJournal journal(TorrentDraft draft, byte[] fingerprint) throws IOException {
    return DigestJournal.open(
        files.journal(key), fingerprint, draft.format(), draft.layout().pieceCount());
  }

  /** Lets what was hashed before go, bytes and digests. */
  synchronized void beginAnew() throws IOException {
    if (!forgotten) {
      files.deleteJournal(key);
      shelf.clear();
    }
  }

  /**
   * The origin has other objects than those that were pinned: edges can be filled from the spool
   * only. Told once; imported torrents have no other version to go on with, so nothing is marked.
   *
   * @param why for people
   */
  synchronized void markChanged(String why) {
    if (forgotten || ingest.imported() || ingest.changed()) {
      return;
    }
    try {
      change(IngestRecord::asChanged);
      metrics.onOriginChanged();
      log.warn("Origin changed content={} reason={}", key, why);
    } catch (IOException e) {
      log.error("Ingest record not written content={}", key, e);
    }
  }

  synchronized void change(UnaryOperator<IngestRecord> change) throws IOException {
    if (!forgotten) {
      IngestRecord changed = change.apply(ingest);
      files.save(key, changed);
      ingest = changed;
    }
  }

  /** Writes down what a new torrent is made of, in an order that leaves no record without it. */
  synchronized void finish(byte[] torrent, List<OriginObject> objects) throws IOException {
    if (!forgotten) {
      files.saveMetainfo(key, torrent);
      finish(objects);
    }
  }

  /** The same for an imported torrent, which is there already. */
  synchronized void finish(List<OriginObject> objects) throws IOException {
    if (!forgotten) {
      files.saveObjects(key, objects);
      change(now -> now.done(objects.stream().mapToLong(OriginObject::lengthBytes).sum()));
      files.deleteJournal(key);
    }
  }

  /** Shows though it cannot be written: a full disk must not look like work that goes on. */
  synchronized void fail(String why) throws IOException {
    if (!forgotten) {
      IngestRecord failed = ingest.failed(why);
      try {
        files.save(key, failed);
        beginAnew();
      } finally {
        ingest = failed;
      }
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
