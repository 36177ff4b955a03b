package io.weir.edge.tracker;

import io.weir.edge.swarm.Content;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.CompactPeers;
import java.util.random.RandomGenerator;

/**
 * The peers of one info-hash, in pools by family and completeness to draw from. Guarded by the
 * tracker's lock.
 */
final class Swarm {
  /** Peers looked at for the one silent longest. */
  private static final int SAMPLE = 128;

  final InfoHash infoHash;

  final int number;

  private final PeerTable table;
  private final PeerPool seeders4;
  private final PeerPool leechers4;
  private final PeerPool seeders6;
  private final PeerPool leechers6;
  private final PeerPool[] pools;
  private Content content;
  private EdgeAddresses edges;
  private boolean registered = true;
  private int seeders;
  private int leechers;
  private int completed;

  /**
   * A registered swarm without peers.
   *
   * @param number by which its peers name it
   * @param edges the content's
   */
  Swarm(InfoHash infoHash, int number, Content content, EdgeAddresses edges, PeerTable table) {
    this.infoHash = infoHash;
    this.number = number;
    this.content = content;
    this.edges = edges;
    this.table = table;
    seeders4 = new PeerPool(table, false);
    leechers4 = new PeerPool(table, false);
    seeders6 = new PeerPool(table, true);
    leechers6 = new PeerPool(table, true);
    pools = new PeerPool[] {seeders4, leechers4, seeders6, leechers6};
  }

  /** It is registered, as this content with these edges. */
  void register(Content content, EdgeAddresses edges) {
    registered = true;
    this.content = content;
    this.edges = edges;
  }

  /** It is registered no more, and lasts only as long as its peers. */
  void withdraw() {
    registered = false;
  }

  boolean isRegistered() {
    return registered;
  }

  /** What it is registered as, or was last. */
  Content content() {
    return content;
  }

  EdgeAddresses edges() {
    return edges;
  }

  /** Takes in a peer of the table that has its family and address. */
  void add(int peer, boolean seeder, RandomGenerator random) {
    table.setSeeder(peer, seeder);
    poolOf(peer).add(peer, random);
    count(seeder, 1);
  }

  /** Has a peer's completeness be this. */
  void update(int peer, boolean seeder, RandomGenerator random) {
    if (table.isSeeder(peer) != seeder) {
      remove(peer);
      add(peer, seeder, random);
    }
  }

  void remove(int peer) {
    poolOf(peer).remove(peer);
    count(table.isSeeder(peer), -1);
  }

  void countCompletion(int peer) {
    if (!table.hasCompleted(peer)) {
      table.setCompleted(peer);
      completed++;
    }
  }

  int completed() {
    return completed;
  }

  int size() {
    return seeders + leechers;
  }

  int seeders() {
    return seeders;
  }

  int leechers() {
    return leechers;
  }

  /**
   * The peer silent longest; in a swarm of more than {@value #SAMPLE} the one of so many chosen at
   * random. There must be a peer.
   */
  int eldest(RandomGenerator random) {
    int eldest = PeerTable.NONE;
    int size = size();
    int at = random.nextInt(size);
    for (int looked = Math.min(SAMPLE, size); looked > 0; looked--) {
      int peer = peer(at);
      if (eldest == PeerTable.NONE || table.isElder(peer, eldest)) {
        eldest = peer;
      }
      at = at + 1 == size ? 0 : at + 1;
    }
    return eldest;
  }

  /**
   * Appends up to {@code count} peers at random, those of the caller's family first.
   *
   * @param self the caller as it is remembered, or {@link PeerTable#NONE}
   */
  void draw(int count, Announce caller, int self, RandomGenerator random, CompactPeers drawn) {
    int before = drawn.count(caller.ipv6);
    drawFamily(caller.ipv6, count, caller, self, random, drawn);
    if (caller.anyFamily) {
      int rest = count - (drawn.count(caller.ipv6) - before);
      drawFamily(!caller.ipv6, rest, caller, PeerTable.NONE, random, drawn);
    }
  }

  private void drawFamily(
      boolean ipv6,
      int count,
      Announce caller,
      int self,
      RandomGenerator random,
      CompactPeers drawn) {
    PeerPool seeders = ipv6 ? seeders6 : seeders4;
    PeerPool leechers = ipv6 ? leechers6 : leechers4;
    boolean selfSeeds = self != PeerTable.NONE && table.isSeeder(self);
    int left = count;
    if (!caller.needsNoSeeder() && seeders.size() > 0) {
      int before = drawn.count(ipv6);
      double all = seeders.size() + leechers.size();
      // Rounded up, so that the leechers' rest can be met even if one of them is the caller.
      int share = (int) Math.ceil(count * seeders.size() / all);
      seeders.draw(share, random, selfSeeds ? self : PeerTable.NONE, drawn);
      left -= drawn.count(ipv6) - before;
    }
    leechers.draw(left, random, selfSeeds ? PeerTable.NONE : self, drawn);
  }

  private int peer(int index) {
    int slot = index;
    for (PeerPool pool : pools) {
      if (slot < pool.size()) {
        return pool.peer(slot);
      }
      slot -= pool.size();
    }
    throw new IndexOutOfBoundsException(index);
  }

  private void count(boolean seeder, int change) {
    if (seeder) {
      seeders += change;
    } else {
      leechers += change;
    }
  }

  private PeerPool poolOf(int peer) {
    boolean seeder = table.isSeeder(peer);
    return table.isIpv6(peer) ? (seeder ? seeders6 : leechers6) : (seeder ? seeders4 : leechers4);
  }
}
