package io.weir.loadtest.rig.tracker;

import io.weir.loadtest.rig.Pace;
import io.weir.protocol.metainfo.InfoHash;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run against one tracker.
 *
 * @param tracker where it listens
 * @param transport how it is asked
 * @param infoHashes of the swarms, each of which the tracker must know
 * @param sources addresses of 127.0.0.0/8 to announce from, 1 to {@link #MAX_SOURCES}
 * @param peersPerSwarm sources that are in one swarm, 1 to {@code sources}
 * @param numWant peers asked for
 * @param window announces under way at once
 * @param burst announces that one source sends at once, 1 to {@link #MAX_BURST}; by HTTP 1
 * @param pace when they are sent
 * @param warmUp not measured: the tracker gets to know the peers
 * @param duration measured
 * @param serverPid whose CPU time is measured, null for nobody's
 * @param seed of every random choice
 */
public record TrackerPlan(
    InetSocketAddress tracker,
    Transport transport,
    List<InfoHash> infoHashes,
    int sources,
    int peersPerSwarm,
    int numWant,
    int window,
    int burst,
    Pace pace,
    Duration warmUp,
    Duration duration,
    @Nullable Long serverPid,
    long seed) {
  /** One answer in so many has every peer of it looked at; of the others the head and length. */
  public static final int VERIFY_EVERY = 100;

  /** What fits {@code 127.1.x.y}. */
  public static final int MAX_SOURCES = 1 << 16;

  /** Bits that mark what is under way at one source. */
  public static final int MAX_BURST = Long.SIZE;

  /** How announces travel. */
  public enum Transport {
    /** BEP 15. */
    UDP,
    /** HTTP/1.1, one connection of each source kept alive. */
    HTTP,
    /** HTTP/1.1, a connection for each announce. */
    HTTP_CONNECT
  }

  /**
   * Validates and copies.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public TrackerPlan {
    infoHashes = List.copyOf(infoHashes);
    requireWithin("swarms", infoHashes.size(), 1, Integer.MAX_VALUE);
    requireWithin("sources", sources, 1, MAX_SOURCES);
    requireWithin("peers per swarm", peersPerSwarm, 1, sources);
    requireWithin("numwant", numWant, 0, Integer.MAX_VALUE);
    requireWithin("window", window, 1, MAX_SOURCES);
    requireWithin("burst", burst, 1, Math.min(window, MAX_BURST));
    if (transport != Transport.UDP && burst != 1) {
      throw new IllegalArgumentException("burst must be 1 by HTTP");
    }
    requireWithin("duration", duration.toNanos(), 1, Long.MAX_VALUE);
  }

  private static void requireWithin(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " must be " + least + " to " + most);
    }
  }
}
