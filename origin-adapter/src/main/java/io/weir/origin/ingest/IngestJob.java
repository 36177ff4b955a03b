package io.weir.origin.ingest;

import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one ingest through: probe, hash while spooling, write the metainfo. Runs on an ingest
 * thread, with the other runs on the helpers. A stop leaves the ingest unfinished, to begin again
 * after the next start.
 */
final class IngestJob implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(IngestJob.class);

  /** 65,536 pieces of 16 MiB: more than that is no single file of this century's swarms. */
  static final long MAX_OBJECT_BYTES = 1L << 40;

  private final Ingest ingest;
  private final OriginReader reader;
  private final Executor helpers;
  private final ReadLimit adapterRuns;
  private final TorrentFormat format;

  IngestJob(
      Ingest ingest,
      OriginReader reader,
      Executor helpers,
      ReadLimit adapterRuns,
      TorrentFormat format) {
    this.ingest = ingest;
    this.reader = reader;
    this.helpers = helpers;
    this.adapterRuns = adapterRuns;
    this.format = format;
  }

  @Override
  public void run() {
    try {
      hash();
      log.info("Ingest done content={}", ingest.key());
    } catch (OriginException e) {
      fail(e.getMessage());
    } catch (IOException e) {
      fail("the adapter's disk: " + e.getMessage());
    } catch (RuntimeException e) {
      log.error("Ingest broke content={}", ingest.key(), e);
      fail("internal error, see the adapter's log");
    }
  }

  private void hash() throws OriginException, IOException {
    OriginObject object = reader.probe(ingest.url(), this::checkWanted);
    requireUsableLength(object.lengthBytes());
    int pieceLength = MetainfoBuilder.pieceLengthFor(object.lengthBytes());
    ingest.change(now -> now.hashing(object, pieceLength));
    ObjectHasher hasher =
        new ObjectHasher(
            reader,
            ingest.url(),
            object,
            pieceLength,
            (piece, bytes) -> {
              ingest.shelf().put(0, piece, bytes);
              ingest.onHashed(bytes.remaining());
            },
            this::checkWanted);
    List<PieceDigests> digests = hasher.hash(helpers);
    Metainfo metainfo =
        MetainfoBuilder.singleFile(
            format, ingest.request().name(), object.lengthBytes(), pieceLength, digests);
    ingest.finish(metainfo.toTorrent(List.of(), List.of()));
  }

  private static void requireUsableLength(long lengthBytes) throws OriginException {
    if (lengthBytes == 0) {
      throw new OriginException(Fault.REJECTED, "content of zero bytes");
    }
    if (lengthBytes > MAX_OBJECT_BYTES) {
      throw new OriginException(Fault.REJECTED, "content of more than 1 TiB");
    }
  }

  private void checkWanted() throws OriginException {
    adapterRuns.check();
    ingest.checkNotForgotten();
  }

  /** What fails because nobody wants it any more has not failed. */
  private void fail(@Nullable String why) {
    try {
      checkWanted();
    } catch (OriginException stop) {
      log.info("Ingest stopped content={} reason={}", ingest.key(), stop.getMessage());
      return;
    }
    log.warn("Ingest failed content={} reason={}", ingest.key(), why);
    try {
      ingest.change(now -> now.failed(String.valueOf(why)));
      ingest.shelf().drop();
    } catch (IOException e) {
      log.error("Ingest record not written content={}", ingest.key(), e);
    }
  }
}
