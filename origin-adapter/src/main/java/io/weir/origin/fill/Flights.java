package io.weir.origin.fill;

import io.weir.origin.metrics.ChunkSource;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.spool.ChunkKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * At most one read of a chunk at a time, and a bounded number of chunks in memory. Whoever asks
 * first reads, on its own thread; the others wait, and share the array. A flight that failed is
 * forgotten at once, so that the next to ask tries anew. Any thread.
 */
final class Flights {
  /** Reads the whole chunk, verified. */
  @FunctionalInterface
  interface Loader {
    byte[] load() throws FillException;
  }

  private final Duration deadline;
  private final OriginMetrics metrics;
  private final Semaphore slots;
  private final Map<ChunkKey, Flight> flights = new HashMap<>();

  /**
   * A table of its own.
   *
   * @param maxChunks chunks in memory at once, each up to 16 MiB
   * @param deadline how long anyone waits for a slot, and for another's read
   */
  Flights(int maxChunks, Duration deadline, OriginMetrics metrics) {
    this.slots = new Semaphore(maxChunks, true);
    this.deadline = deadline;
    this.metrics = metrics;
  }

  /** The chunk's bytes, by this thread's read or another's. Returns owned: the caller closes it. */
  ChunkBytes board(ChunkKey chunk, Loader loader) throws FillException {
    Flight.Seat seat;
    boolean first;
    synchronized (this) {
      Flight flight = flights.get(chunk);
      first = flight == null;
      if (flight == null) {
        flight = new Flight(this, chunk);
        flights.put(chunk, flight);
      }
      seat = flight.takeSeat();
    }
    boolean seated = false;
    try {
      byte[] bytes = first ? fly(seat.flight(), loader) : await(seat.flight());
      if (!first) {
        metrics.onChunk(ChunkSource.FLIGHT);
      }
      seated = true;
      return new ChunkBytes.InFlight(bytes, seat);
    } finally {
      if (!seated) {
        seat.close();
      }
    }
  }

  private byte[] fly(Flight flight, Loader loader) throws FillException {
    try {
      takeSlot(flight);
      byte[] bytes = loader.load();
      flight.landing().complete(bytes);
      return bytes;
    } catch (FillException | RuntimeException | Error e) {
      synchronized (this) {
        flights.remove(flight.chunk(), flight);
      }
      flight.landing().completeExceptionally(e);
      throw e;
    }
  }

  private void takeSlot(Flight flight) throws FillException {
    try {
      if (!slots.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new FillException(FillException.Reason.BUSY, "too many chunks are being read");
      }
      flight.onSlotTaken();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private byte[] await(Flight flight) throws FillException {
    try {
      return flight.landing().get(2 * deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new FillException(FillException.Reason.DEADLINE, "the chunk did not arrive in time", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FillException cause) {
        throw new FillException(cause.reason(), String.valueOf(cause.getMessage()), cause);
      }
      throw new IllegalStateException("reading the chunk broke", e.getCause());
    }
  }

  private static FillException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new FillException(FillException.Reason.BUSY, "the adapter is closing", e);
  }

  /** Gives the slot back with the last reader. */
  synchronized void leave(Flight flight) {
    if (flight.leaveSeat()) {
      flights.remove(flight.chunk(), flight);
      if (flight.isSlotHeld()) {
        slots.release();
      }
    }
  }
}
