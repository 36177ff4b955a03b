package io.weir.origin.fill;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.PieceSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * At most one read of a piece at a time, and a bounded number of bytes in memory. Whoever asks
 * first reads, on its own thread; the others wait, and share the array. A flight that failed is
 * forgotten at once, so that the next to ask tries anew. Any thread.
 */
final class Flights {
  /** Reads the whole piece, verified. */
  @FunctionalInterface
  interface Loader {
    byte[] load() throws FillException;
  }

  private final Duration deadline;
  private final OriginMetrics metrics;
  private final int maxBytes;

  /** One for each byte in memory. */
  private final Semaphore room;

  private final Map<FlightKey, Flight> flights = new HashMap<>();

  /**
   * A table of its own.
   *
   * @param maxBytes bytes of pieces in memory at once; one piece may have more, alone
   * @param deadline how long anyone waits for room, and for another's read
   */
  Flights(int maxBytes, Duration deadline, OriginMetrics metrics) {
    this.maxBytes = maxBytes;
    this.room = new Semaphore(maxBytes, true);
    this.deadline = deadline;
    this.metrics = metrics;
  }

  /**
   * The piece's bytes, by this thread's read or another's. Returns owned: the caller closes it.
   *
   * @param lengthBytes of the piece
   */
  PieceBytes board(FlightKey piece, int lengthBytes, Loader loader) throws FillException {
    Flight.Seat seat;
    boolean first;
    synchronized (this) {
      Flight flight = flights.get(piece);
      first = flight == null;
      if (flight == null) {
        flight = new Flight(this, piece, Math.min(lengthBytes, maxBytes));
        flights.put(piece, flight);
      }
      seat = flight.takeSeat();
    }
    boolean seated = false;
    try {
      byte[] bytes = first ? fly(seat.flight(), loader) : await(seat.flight());
      if (!first) {
        metrics.onPiece(PieceSource.FLIGHT);
      }
      seated = true;
      return new PieceBytes.InFlight(bytes, seat);
    } finally {
      if (!seated) {
        seat.close();
      }
    }
  }

  private byte[] fly(Flight flight, Loader loader) throws FillException {
    try {
      takeRoom(flight);
      byte[] bytes = loader.load();
      flight.landing().complete(bytes);
      return bytes;
    } catch (FillException | RuntimeException | Error e) {
      synchronized (this) {
        flights.remove(flight.piece(), flight);
      }
      flight.landing().completeExceptionally(e);
      throw e;
    }
  }

  private void takeRoom(Flight flight) throws FillException {
    try {
      if (!room.tryAcquire(flight.roomBytes(), deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new FillException(FillException.Reason.BUSY, "too many pieces are being read");
      }
      flight.onRoomTaken();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private byte[] await(Flight flight) throws FillException {
    try {
      return flight.landing().get(2 * deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FillException(FillException.Reason.DEADLINE, "the piece did not arrive in time", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FillException cause) {
        throw new FillException(cause.reason(), String.valueOf(cause.getMessage()), cause);
      }
      throw new IllegalStateException("reading the piece broke", e.getCause());
    }
  }

  private static FillException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FillException(FillException.Reason.BUSY, "the adapter is closing", e);
  }

  /** Gives the room back with the last reader. */
  synchronized void leave(Flight flight) {
    if (flight.leaveSeat()) {
      flights.remove(flight.piece(), flight);
      if (flight.isRoomHeld()) {
        room.release(flight.roomBytes());
      }
    }
  }
}
