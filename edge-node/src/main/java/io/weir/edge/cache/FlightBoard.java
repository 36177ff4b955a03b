package io.weir.edge.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The flights that are under way, one a piece or part, within a number of them and of bytes.
 * Thread-safe.
 */
final class FlightBoard {
  /** What became of a flight that was to be added. */
  sealed interface Added {
    /** It is on the board: its creator starts it. */
    record Yes() implements Added {}

    /** This one was there first. */
    record Already(Flight flight) implements Added {}

    /** The limits are reached. */
    record Refused() implements Added {}
  }

  private final int maxFlights;
  private final long maxBytes;
  private final Map<PartKey, Flight> flights = new HashMap<>();
  private int foreground;
  private long bytes;

  FlightBoard(int maxFlights, long maxBytes) {
    this.maxFlights = maxFlights;
    this.maxBytes = maxBytes;
  }

  /** What is larger than the byte limit flies alone. */
  synchronized Added add(Flight flight) {
    Flight first = flights.get(flight.key());
    if (first != null) {
      return new Added.Already(first);
    }
    boolean tooManyBytes = bytes > 0 && bytes + flight.lengthBytes() > maxBytes;
    if (flights.size() >= maxFlights || tooManyBytes) {
      return new Added.Refused();
    }
    flights.put(flight.key(), flight);
    bytes += flight.lengthBytes();
    foreground += flight.background() ? 0 : 1;
    return new Added.Yes();
  }

  synchronized void remove(Flight flight) {
    if (flights.remove(flight.key(), flight)) {
      bytes -= flight.lengthBytes();
      foreground -= flight.background() ? 0 : 1;
    }
  }

  synchronized int size() {
    return flights.size();
  }

  /** Flights that were started for a reader. */
  synchronized int foreground() {
    return foreground;
  }

  synchronized List<Flight> all() {
    return List.copyOf(flights.values());
  }
}
