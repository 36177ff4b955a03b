package io.weir.origin.ingest;

import io.weir.origin.content.Crew;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginReader;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.Spool;
import io.weir.origin.spool.SpoolShelf;
import io.weir.protocol.control.ChangedOrigins;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every ingest that the adapter knows, found again after a restart. Any thread; registrations are
 * taken one at a time.
 */
public final class Ingests implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ingests.class);

  private final Map<ContentKey, Ingest> ingests = new ConcurrentHashMap<>();

  /** Found at the start, filled by the constructor only. */
  private final List<Ingest> unfinished = new ArrayList<>();

  private final IngestFiles files;
  private final Spool spool;
  private final OriginReader reader;
  private final ExecutorService jobs;
  private final Crew crew;
  private final int maxKnown;
  private final TorrentFormat format;
  private final OriginMetrics metrics;
  private volatile boolean closed;

  /**
   * Loads what an earlier run knew; nothing runs before {@link #resume}.
   *
   * @param jobs runs whole ingests and rejects those that it has no room for; stays the caller's
   * @param crew helps running ingests
   * @param maxKnown ingests known in all, finished ones included
   * @param format what the torrents of ingests that finish from now on carry
   */
  public Ingests(
      Path directory,
      Spool spool,
      OriginReader reader,
      ExecutorService jobs,
      Crew crew,
      int maxKnown,
      TorrentFormat format,
      OriginMetrics metrics)
      throws IOException {
    this.files = new IngestFiles(directory);
    this.spool = spool;
    this.reader = reader;
    this.jobs = jobs;
    this.crew = crew;
    this.metrics = metrics;
    this.maxKnown = maxKnown;
    this.format = format;
    Map<ContentKey, IngestRecord> known = files.load();
    spool.retain(known.keySet());
    known.forEach(this::recover);
    for (State state : State.values()) {
      metrics.watchIngests(state, () -> count(state));
    }
  }

  private void recover(ContentKey key, IngestRecord known) {
    SpoolShelf shelf = spool.open(key);
    if (known.released()) {
      shelf.release();
    }
    IngestRecord now = known.isFinal() ? known : known.queuedAgain();
    Ingest ingest = new Ingest(key, shelf, files, now, metrics);
    ingests.put(key, ingest);
    if (!known.isFinal()) {
      unfinished.add(ingest);
    }
  }

  /** Goes on with what an earlier run had not finished; called once. */
  public void resume() throws IOException {
    for (Ingest ingest : unfinished) {
      if (!start(ingest)) {
        ingest.fail("no room in the queue after a restart");
      }
    }
  }

  /** Registers an ingest; one that is known already is left as it is. */
  public PutResult put(ContentKey key, IngestRequest request) throws IOException {
    try {
      return register(key, Registration.of(request));
    } catch (InvalidRequestException e) {
      return new PutResult.Invalid(String.valueOf(e.getMessage()));
    }
  }

  private synchronized PutResult register(ContentKey key, Registration registration)
      throws IOException {
    Ingest known = ingests.get(key);
    if (known != null) {
      return known.isFor(registration)
          ? new PutResult.Known(known.status())
          : new PutResult.Conflict();
    }
    if (ingests.size() >= maxKnown) {
      return new PutResult.Full();
    }
    Ingest ingest =
        new Ingest(key, spool.open(key), files, IngestRecord.queued(registration), metrics);
    try {
      ingest.register(registration);
    } catch (IOException e) {
      ingest.forget();
      throw e;
    }
    ingests.put(key, ingest);
    if (!start(ingest)) {
      forget(key);
      return new PutResult.Full();
    }
    return new PutResult.Known(ingest.status());
  }

  private boolean start(Ingest ingest) {
    try {
      jobs.execute(new IngestJob(ingest, reader, crew, this::checkOpen, format));
      return true;
    } catch (RejectedExecutionException e) {
      log.warn("Ingest queue full content={}", ingest.key());
      return false;
    }
  }

  /** The ingest of this version. */
  public Optional<Ingest> find(ContentKey key) {
    return Optional.ofNullable(ingests.get(key));
  }

  /** Forgets an ingest and all its bytes; nothing happens where there is none. */
  public synchronized void forget(ContentKey key) throws IOException {
    Ingest ingest = ingests.get(key);
    if (ingest != null) {
      ingest.forget();
      ingests.remove(key);
    }
  }

  /** The versions whose origins were found to have other objects, in a steady order. */
  public ChangedOrigins changed() {
    return new ChangedOrigins(
        ingests.values().stream()
            .filter(Ingest::isChanged)
            .map(Ingest::key)
            .sorted(
                Comparator.comparing(ContentKey::contentId).thenComparingInt(ContentKey::version))
            .map(key -> new ChangedContent(key.contentId(), key.version()))
            .toList());
  }

  /** Those whose origins may yet be found to have other objects. */
  List<Ingest> revalidable() {
    return ingests.values().stream()
        .filter(ingest -> ingest.state() == State.DONE)
        .filter(ingest -> !ingest.isImported() && !ingest.isChanged())
        .toList();
  }

  private long count(State state) {
    return ingests.values().stream().filter(ingest -> ingest.state() == state).count();
  }

  void checkOpen() throws OriginException {
    if (closed) {
      throw new OriginException(Fault.STOPPED, "the adapter is closing");
    }
  }

  /** Running ingests stop at their next read and go on after the next start. */
  @Override
  public void close() {
    closed = true;
  }
}
