package io.weir.origin.fill;

import io.weir.origin.content.Crew;
import io.weir.origin.ingest.IngestedContent;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.PieceSource;
import io.weir.origin.source.OriginReader;
import io.weir.origin.spool.SpooledPiece;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Where edges' reads begin. Blocking; any thread. */
public final class Fills {
  /** Bytes of pieces in memory at once. */
  static final int MAX_BYTES_IN_MEMORY = 256 << 20;

  private static final Duration PIECE_DEADLINE = Duration.ofSeconds(30);

  private final PieceLoader loader;
  private final Flights flights;
  private final OpenContents contents = new OpenContents(OpenContents.MAX_ENCODED_BYTES);
  private final OriginMetrics metrics;

  /**
   * Reads through the reader with the crew's help; all stay the caller's.
   *
   * @param atOnce reads of one content's origin at a time, 1 or more
   * @param threads runs them, as many as are asked for at once
   */
  public Fills(
      OriginReader reader,
      Crew crew,
      int atOnce,
      Executor threads,
      LongSupplier nanoTime,
      OriginMetrics metrics) {
    OriginRuns origins =
        new OriginRuns(
            atOnce, threads, new OriginPieces(reader, crew, PIECE_DEADLINE, nanoTime, metrics));
    metrics.watchWaitingPieces(origins::waiting);
    this.loader = new PieceLoader(origins, PIECE_DEADLINE.multipliedBy(2), metrics);
    this.flights = new Flights(MAX_BYTES_IN_MEMORY, PIECE_DEADLINE, metrics);
    this.metrics = metrics;
  }

  /**
   * The verified bytes of a piece. Returns owned: the caller closes them.
   *
   * @throws FillException also if there is no such piece
   */
  public PieceBytes piece(IngestedContent content, int piece) throws FillException {
    SpooledPiece spooled = content.shelf().readProven(piece);
    if (spooled != null) {
      metrics.onPiece(PieceSource.SPOOL);
      return new PieceBytes.InSpool(spooled);
    }
    IngestedContent.Parts parts = parts(content);
    if (piece >= parts.metainfo().pieceCount()) {
      throw new FillException(FillException.Reason.NO_SUCH_PIECE, "no such piece");
    }
    return flights.board(
        new FlightKey(content.shelf(), piece),
        parts.metainfo().pieceLengthBytes(piece),
        () -> loader.load(content, parts, piece));
  }

  private IngestedContent.Parts parts(IngestedContent content) throws FillException {
    try {
      return contents.parts(content);
    } catch (IOException e) {
      throw new FillException(
          FillException.Reason.ADAPTER_FAILED, "the ingest's files: " + e.getMessage(), e);
    }
  }
}
