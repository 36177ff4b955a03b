package io.weir.loadtest.rig.swarm;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run against one seed.
 *
 * @param seed where it listens
 * @param content what it seeds
 * @param connections peers that are measured, 1 or more
 * @param outstanding unanswered requests of each of them at most, 1 or more
 * @param spread which pieces they ask for
 * @param pace when
 * @param warmUp not measured; begins when all of them are unchoked
 * @param duration measured
 * @param original the content's bytes, against which every {@link #VERIFY_EVERY}th block of a peer
 *     is compared; null for none
 * @param others further peers, of which only failures count
 * @param sources addresses that peers come from in turn, 127.0.0.1 and up; 1 leaves it to the
 *     machine
 * @param serverPid whose CPU time is measured, null for nobody's
 * @param randomSeed of every random choice
 */
public record SwarmLoadPlan(
    InetSocketAddress seed,
    SeededContent content,
    int connections,
    int outstanding,
    Spread spread,
    Pace pace,
    Duration warmUp,
    Duration duration,
    @Nullable Path original,
    Others others,
    int sources,
    @Nullable Long serverPid,
    long randomSeed) {
  /** One block in so many is compared, byte for byte; the others are discarded unread. */
  public static final int VERIFY_EVERY = 100;

  /** Most addresses that peers come from. */
  public static final int MAX_SOURCES = 250;

  /**
   * Peers beside those that are measured.
   *
   * @param idle that ask for nothing, 0 or more
   * @param idleInterested whether those say that they are interested
   * @param slow that take what they ask for slowly, 0 or more
   * @param slowBytesPerSecond how slowly
   */
  public record Others(int idle, boolean idleInterested, int slow, int slowBytesPerSecond) {
    /** Nobody. */
    public static final Others NONE = new Others(0, false, 0, 0);

    /** Validates. */
    public Others {
      if (idle < 0 || slow < 0 || (slow > 0 && slowBytesPerSecond < 1)) {
        throw new IllegalArgumentException("slow peers need a rate of 1 byte/s or more");
      }
    }
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public SwarmLoadPlan {
    if (connections < 1 || outstanding < 1 || duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "connections, outstanding requests and seconds must be more than 0");
    }
    if (content.blocks() <= outstanding) {
      throw new IllegalArgumentException(
          "the content has %d blocks, too few for %d outstanding requests"
              .formatted(content.blocks(), outstanding));
    }
    if (sources < 1 || sources > MAX_SOURCES) {
      throw new IllegalArgumentException("sources must be from 1 to " + MAX_SOURCES);
    }
  }
}
