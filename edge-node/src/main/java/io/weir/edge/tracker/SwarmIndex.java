package io.weir.edge.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Swarms by the bytes of their info-hashes, without an object for those that are asked for: an open
 * table with linear probing, at most half full, of entries that lie in one cache line each. Its
 * hash is no secret, for what is in it is registered, not chosen by remotes. Immutable.
 */
final class SwarmIndex {
  private static final int ENTRY_LONGS = 4;
  private static final int HIGH = 0;
  private static final int MIDDLE = 1;
  private static final int LOW = 2;

  /** One more than the place in the list of swarms, 0 where the entry is free. */
  private static final int SWARM = 3;

  private static final long SPREAD = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio, Knuth's

  private final Swarm[] swarms;
  private final long[] entries;
  private final int mask;

  SwarmIndex(Map<InfoHash, Swarm> byInfoHash) {
    int length = Integer.highestOneBit(byInfoHash.size() + 1) << 2;
    mask = length - 1;
    entries = new long[length * ENTRY_LONGS];
    swarms = byInfoHash.values().toArray(new Swarm[0]);
    int place = 0;
    for (InfoHash infoHash : byInfoHash.keySet()) {
      put(infoHash, ++place);
    }
  }

  @Nullable Swarm find(long hashHigh, long hashMiddle, int hashLow) {
    int at = start(hashHigh);
    while (entries[at + SWARM] != 0) {
      if (entries[at + HIGH] == hashHigh
          && entries[at + MIDDLE] == hashMiddle
          && entries[at + LOW] == hashLow) {
        return swarms[(int) entries[at + SWARM] - 1];
      }
      at = next(at);
    }
    return null;
  }

  private void put(InfoHash infoHash, int swarm) {
    ByteBuffer bytes = ByteBuffer.wrap(infoHash.toBytes());
    long first = bytes.getLong();
    int at = start(first);
    while (entries[at + SWARM] != 0) {
      at = next(at);
    }
    entries[at + HIGH] = first;
    entries[at + MIDDLE] = bytes.getLong();
    entries[at + LOW] = bytes.getInt();
    entries[at + SWARM] = swarm;
  }

  private int start(long hashHigh) {
    return ((int) ((hashHigh * SPREAD) >>> 32) & mask) * ENTRY_LONGS;
  }

  private int next(int at) {
    return ((at / ENTRY_LONGS + 1) & mask) * ENTRY_LONGS;
  }
}
