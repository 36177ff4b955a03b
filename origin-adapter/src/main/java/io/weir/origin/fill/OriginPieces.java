package io.weir.origin.fill;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.content.Crew;
import io.weir.origin.content.RunReader;
import io.weir.origin.fill.FillException.Reason;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.Deadline;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.metainfo.FileSlice;
import io.weir.protocol.metainfo.TorrentFile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads pieces from their origin, and puts them into the spool. Nothing leaves here that does not
 * match every hash of the metainfo. Blocking; any thread.
 */
final class OriginPieces implements OriginRuns.Reading {
  private final OriginReader reader;
  private final Crew crew;
  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final Mismatches mismatches;

  OriginPieces(
      OriginReader reader,
      Crew crew,
      Duration deadline,
      LongSupplier nanoTime,
      OriginMetrics metrics) {
    this.reader = reader;
    this.crew = crew;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    this.mismatches = new Mismatches(nanoTime, metrics);
  }

  /** A piece by itself is tried to the end; of several, what the first fault leaves is returned. */
  @Override
  public List<PieceAsk> read(List<PieceAsk> run) {
    if (run.size() == 1) {
      readAlone(run.get(0));
      return List.of();
    }
    int answered = 0;
    ReadLimit limit = limit();
    try (RunReader origin = open(run.get(0), run.size(), limit)) {
      for (PieceAsk ask : run) {
        byte[] bytes = verified(ask, origin);
        if (bytes == null) {
          break;
        }
        ask.bytes().complete(bytes);
        answered++;
      }
    } catch (OriginException e) {
      // Whatever it was, each piece that is left comes upon it again, or does not.
    }
    return run.subList(answered, run.size());
  }

  private void readAlone(PieceAsk ask) {
    ReadLimit limit = limit();
    try {
      byte[] bytes = verified(ask, limit);
      if (bytes == null) {
        // What a damaged path has done to them heals by itself; other bytes stay what they are.
        bytes = verified(ask, limit);
      }
      if (bytes == null) {
        throw new OriginException(
            Fault.CHANGED, "origin changed: piece " + ask.piece() + " twice hashes otherwise");
      }
      ask.bytes().complete(bytes);
    } catch (OriginException e) {
      if (e.fault() == Fault.CHANGED) {
        ask.content().onOriginChanged(String.valueOf(e.getMessage()));
      }
      ask.bytes().completeExceptionally(failure(e));
    }
  }

  private byte @Nullable [] verified(PieceAsk ask, ReadLimit limit) throws OriginException {
    try (RunReader origin = open(ask, 1, limit)) {
      return verified(ask, origin);
    } catch (OriginException e) {
      if (e.fault() != Fault.CHANGED || !ask.content().isImported()) {
        throw e;
      }
    }
    pinAnew(ask, limit);
    try (RunReader origin = open(ask, 1, limit)) {
      return verified(ask, origin);
    }
  }

  private byte @Nullable [] verified(PieceAsk ask, RunReader origin) throws OriginException {
    byte[] bytes = new byte[ask.lengthBytes()];
    origin.read(ask.piece(), ByteBuffer.wrap(bytes));
    if (!ask.parts().metainfo().verifyEveryHash(ask.piece(), ByteBuffer.wrap(bytes))) {
      mismatches.on(ask.content().key(), ask.piece());
      return null;
    }
    ask.content().shelf().put(ask.piece(), ByteBuffer.wrap(bytes));
    return bytes;
  }

  private RunReader open(PieceAsk first, int pieces, ReadLimit limit) {
    return new RunReader(
        reader, first.parts().files(), crew, first.piece() + pieces, ReadReason.FILL, limit);
  }

  /** An imported torrent's hashes say what is right, whatever version the origin calls it. */
  private void pinAnew(PieceAsk ask, ReadLimit limit) throws OriginException {
    ContentFiles files = ask.parts().files();
    for (FileSlice slice : files.layout().slices(ask.piece())) {
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
