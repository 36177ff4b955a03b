package io.weir.origin.fill;

import io.weir.origin.spool.ChunkKey;
import java.util.concurrent.CompletableFuture;

/**
 * One chunk on its way into memory, or there, and who still reads it. Its bytes count against the
 * bound on chunks in memory from take-off until the last reader has left. Seats are guarded by the
 * {@link Flights} that it belongs to.
 */
final class Flight {
  private final Flights flights;
  private final ChunkKey chunk;
  private final CompletableFuture<byte[]> landing = new CompletableFuture<>();
  private int seats;
  private boolean slotHeld;

  Flight(Flights flights, ChunkKey chunk) {
    this.flights = flights;
    this.chunk = chunk;
  }

  /** One reader's hold on the bytes. One thread; closing it again does nothing. */
  static final class Seat implements AutoCloseable {
    private final Flight flight;
    private boolean left;

    private Seat(Flight flight) {
      this.flight = flight;
    }

    Flight flight() {
      return flight;
    }

    @Override
    public void close() {
      if (!left) {
        left = true;
        flight.flights.leave(flight);
      }
    }
  }

  ChunkKey chunk() {
    return chunk;
  }

  CompletableFuture<byte[]> landing() {
    return landing;
  }

  Seat takeSeat() {
    seats++;
    return new Seat(this);
  }

  /** Whether nobody is left. */
  boolean leaveSeat() {
    seats--;
    return seats == 0;
  }

  void onSlotTaken() {
    slotHeld = true;
  }

  boolean isSlotHeld() {
    return slotHeld;
  }
}
