package io.weir.edge.tracker;

import io.weir.edge.swarm.Content;
import java.net.InetSocketAddress;

/** Hears of leechers that have just come to a swarm. */
@FunctionalInterface
public interface LeecherListener {
  /**
   * A leecher has announced its start. Called on the thread of the announce, outside the tracker's
   * lock; must not block.
   *
   * @param peer where it says that it listens: the announce's verified source address, and a port
   *     of its choice
   */
  void onLeecherStarted(Content content, InetSocketAddress peer);
}
