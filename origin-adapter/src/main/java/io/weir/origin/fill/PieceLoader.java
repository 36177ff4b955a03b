package io.weir.origin.fill;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.content.Crew;
import io.weir.origin.content.RunReader;
import io.weir.origin.fill.FillException.Reason;
import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.PieceSource;
import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.Deadline;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.origin.spool.SpooledPiece;
import io.weir.protocol.metainfo.FileSlice;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.TorrentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a whole piece into memory: from the spool where it is unproven or has just arrived, else
 * from the origin, and then into the spool. Nothing leaves here that does not match every hash of
 * the metainfo. Blocking; any thread.
 */
final class PieceLoader {
  private static final Logger log = LoggerFactory.getLogger(PieceLoader.class);

  private final OriginReader reader;
  private final Crew crew;
  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final OriginMetrics metrics;
  private final Mismatches mismatches;

  PieceLoader(
      OriginReader reader,
      Crew crew,
      Duration deadline,
      LongSupplier nanoTime,
      OriginMetrics metrics) {
    this.reader = reader;
    this.crew = crew;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.mismatches = new Mismatches(nanoTime, metrics);
  }

  byte[] load(IngestedContent content, IngestedContent.Parts parts, int piece)
      throws FillException {
    byte[] spooled = fromSpool(content, parts.metainfo(), piece);
    metrics.onPiece(spooled == null ? PieceSource.ORIGIN : PieceSource.SPOOL);
    return spooled == null ? fromOrigin(content, parts, piece) : spooled;
  }

  private static byte @Nullable [] fromSpool(
      IngestedContent content, Metainfo metainfo, int piece) {
    try (SpooledPiece spooled = content.shelf().read(piece)) {
      if (spooled == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(metainfo.pieceLengthBytes(piece));
      boolean right = spooled.lengthBytes() == bytes.capacity();
      if (right) {
        spooled.readFully(0, bytes);
        right = metainfo.verifyEveryHash(piece, bytes.flip());
      }
      content.shelf().prove(piece, right);
      return right ? bytes.array() : null;
    } catch (IOException e) {
      log.warn("Spooled piece unreadable content={} piece={}", content.key(), piece, e);
      content.shelf().prove(piece, false);
      return null;
    }
  }

  private byte[] fromOrigin(IngestedContent content, IngestedContent.Parts parts, int piece)
      throws FillException {
    ReadLimit limit = limit();
    try {
      byte[] bytes = verified(content, parts, piece, limit);
      if (bytes == null) {
        // What a damaged path has done to them heals by itself; other bytes stay what they are.
        bytes = verified(content, parts, piece, limit);
      }
      if (bytes == null) {
        throw new OriginException(
            Fault.CHANGED, "origin changed: piece " + piece + " twice hashes otherwise");
      }
      return bytes;
    } catch (OriginException e) {
      if (e.fault() == Fault.CHANGED) {
        content.onOriginChanged(String.valueOf(e.getMessage()));
      }
      throw failure(e);
    }
  }

  private byte @Nullable [] verified(
      IngestedContent content, IngestedContent.Parts parts, int piece, ReadLimit limit)
      throws OriginException {
    byte[] bytes;
    try {
      bytes = read(parts.files(), piece, limit);
    } catch (OriginException e) {
      if (e.fault() != Fault.CHANGED || !content.isImported()) {
        throw e;
      }
      pinAnew(parts.files(), piece, limit);
      bytes = read(parts.files(), piece, limit);
    }
    if (!parts.metainfo().verifyEveryHash(piece, ByteBuffer.wrap(bytes))) {
      mismatches.on(content.key(), piece);
      return null;
    }
    content.shelf().put(piece, ByteBuffer.wrap(bytes));
    return bytes;
  }

  private byte[] read(ContentFiles files, int piece, ReadLimit limit) throws OriginException {
    byte[] bytes = new byte[files.layout().pieceLengthBytes(piece)];
    try (RunReader run = new RunReader(reader, files, crew, piece + 1, ReadReason.FILL, limit)) {
      run.read(piece, ByteBuffer.wrap(bytes));
    }
    return bytes;
  }

  /** An imported torrent's hashes say what is right, whatever version the origin calls it. */
  private void pinAnew(ContentFiles files, int piece, ReadLimit limit) throws OriginException {
    for (FileSlice slice : files.layout().slices(piece)) {
      TorrentFile file = slice.file();
      if (!file.padding()) {
        OriginObject found = reader.probe(files.url(file), limit);
        if (found.lengthBytes() != file.lengthBytes()) {
          throw new OriginException(
              Fault.CHANGED,
              "origin changed: %s has %d bytes, not the torrent's %d"
                  .formatted(
                      ContentFiles.printable(file.path()),
                      found.lengthBytes(),
                      file.lengthBytes()));
        }
        files.repin(file, found);
      }
    }
  }

  private ReadLimit limit() {
    return new Deadline(deadline, nanoTime, "a piece");
  }

  private static FillException failure(OriginException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.fault()) {
      case TIMEOUT -> new FillException(Reason.DEADLINE, message, e);
      case CHANGED -> new FillException(Reason.ORIGIN_CHANGED, message, e);
      case REFUSED, UNREACHABLE, REJECTED, FAILED, MALFORMED, SHORT, UNSIZED, STOPPED ->
          new FillException(Reason.ORIGIN_FAILED, message, e);
    };
  }
}
