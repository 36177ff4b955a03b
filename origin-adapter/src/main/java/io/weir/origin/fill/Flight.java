package io.weir.origin.fill;

import java.util.concurrent.CompletableFuture;

/**
 * One piece on its way into memory, or there, and who still reads it. Its bytes count against the
 * bound on bytes in memory from take-off until the last reader has left. Seats are guarded by the
 * {@link Flights} that it belongs to.
 */
final class Flight {
  private final Flights flights;
  private final FlightKey piece;
  private final int roomBytes;
  private final CompletableFuture<byte[]> landing = new CompletableFuture<>();
  private int seats;
  private boolean roomHeld;

  Flight(Flights flights, FlightKey piece, int roomBytes) {
    this.flights = flights;
    this.piece = piece;
    this.roomBytes = roomBytes;
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

  FlightKey piece() {
    return piece;
  }

  CompletableFuture<byte[]> landing() {
    return landing;
  }

  /** What it counts. */
  int roomBytes() {
    return roomBytes;
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

  void onRoomTaken() {
    roomHeld = true;
  }

  boolean isRoomHeld() {
    return roomHeld;
  }
}
