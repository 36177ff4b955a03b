package io.weir.origin.ingest;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginReader;
import io.weir.origin.spool.ContentKey;
import io.weir.origin.spool.Spool;
import io.weir.origin.spool.SpoolShelf;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.metainfo.PathElement;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
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
  private final ExecutorService helpers;
  private final int maxKnown;
  private final TorrentFormat format;
  private volatile boolean closed;

  /**
   * Loads what an earlier run knew; nothing runs before {@link #resume}.
   *
   * @param jobs runs whole ingests and rejects those that it has no room for; stays the caller's
   * @param helpers runs further ranges of running ingests, as many as they ask for; stays the
   *     caller's
   * @param maxKnown ingests known in all, finished ones included
   * @param format what the torrents of ingests that finish from now on carry
   */
  public Ingests(
      Path directory,
      Spool spool,
      OriginReader reader,
      ExecutorService jobs,
      ExecutorService helpers,
      int maxKnown,
      TorrentFormat format,
      OriginMetrics metrics)
      throws IOException {
    this.files = new IngestFiles(directory);
    this.spool = spool;
    this.reader = reader;
    this.jobs = jobs;
    this.helpers = helpers;
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
    boolean finished = isFinal(known.state());
    SpoolShelf shelf = spool.open(key);
    if (!finished) {
      shelf.drop();
      shelf = spool.open(key);
    }
    if (known.released()) {
      shelf.release();
    }
    IngestRecord now = finished ? known : IngestRecord.queued(known.request());
    Ingest ingest = new Ingest(key, shelf, files, now);
    ingests.put(key, ingest);
    if (!finished) {
      unfinished.add(ingest);
    }
  }

  /** Begins again what an earlier run had not finished; called once. */
  public void resume() throws IOException {
    for (Ingest ingest : unfinished) {
      if (!start(ingest)) {
        ingest.change(queued -> queued.failed("no room in the queue after a restart"));
      }
    }
  }

  private static boolean isFinal(State state) {
    return state == State.DONE || state == State.FAILED;
  }

  /** Registers an ingest; one that is known already is left as it is. */
  public synchronized PutResult put(ContentKey key, IngestRequest request) throws IOException {
    String refusal = refusal(request);
    if (refusal != null) {
      return new PutResult.Invalid(refusal);
    }
    Ingest known = ingests.get(key);
    if (known != null) {
      return known.request().equals(request)
          ? new PutResult.Known(known.status())
          : new PutResult.Conflict();
    }
    if (ingests.size() >= maxKnown) {
      return new PutResult.Full();
    }
    Ingest ingest = new Ingest(key, spool.open(key), files, IngestRecord.queued(request));
    ingest.change(queued -> queued);
    ingests.put(key, ingest);
    if (!start(ingest)) {
      forget(key);
      return new PutResult.Full();
    }
    return new PutResult.Known(ingest.status());
  }

  private static @Nullable String refusal(IngestRequest request) {
    String url = request.origin().url();
    if (url == null || request.torrent() != null) {
      return "origin.url is required, alone";
    }
    try {
      if (!new URI(url).isAbsolute()) {
        return "origin.url must be absolute";
      }
    } catch (URISyntaxException e) {
      return "origin.url is not a URL: " + e.getReason();
    }
    String refusal = PathElement.refusal(request.name());
    return refusal == null ? null : "name " + refusal;
  }

  private boolean start(Ingest ingest) {
    try {
      jobs.execute(new IngestJob(ingest, reader, helpers, this::checkOpen, format));
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

  private long count(State state) {
    return ingests.values().stream().filter(ingest -> ingest.state() == state).count();
  }

  private void checkOpen() throws OriginException {
    if (closed) {
      throw new OriginException(Fault.STOPPED, "the adapter is closing");
    }
  }

  /** Running ingests stop at their next read and begin again after the next start. */
  @Override
  public void close() {
    closed = true;
  }
}
