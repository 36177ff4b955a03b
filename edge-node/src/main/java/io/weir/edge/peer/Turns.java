package io.weir.edge.peer;

import io.netty.channel.EventLoop;
import io.weir.edge.socket.SourcePrefix;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is to be sent blocks, on one event loop: address prefixes one after the other, and
 * within each its peers one after the other. As turns are of one size, a prefix with a thousand
 * connections gets no more of a busy loop than one with a single connection, and within a prefix no
 * connection more than another (deficit round robin with equal quanta: Shreedhar and Varghese,
 * 1995). Confined to the loop; holds each peer once at most.
 */
final class Turns {
  /** A peer that has blocks to be sent. */
  interface Peer {
    /** Sends up to one turn's worth. */
    void onTurn();
  }

  /** Turns given before the loop looks at its sockets again. */
  static final int A_RUN = 16;

  private final EventLoop loop;
  private final Map<SourcePrefix, Group> groups = new HashMap<>();
  private final Queue<Group> order = new ArrayDeque<>();
  private boolean scheduled;

  /** The peers of a prefix that wait, one or more. */
  private record Group(SourcePrefix prefix, Queue<Peer> peers) {}

  Turns(EventLoop loop) {
    this.loop = loop;
  }

  /** Puts a peer that does not wait behind the others of its prefix. */
  void add(SourcePrefix prefix, Peer peer) {
    Group group = groups.get(prefix);
    if (group == null) {
      group = new Group(prefix, new ArrayDeque<>());
      groups.put(prefix, group);
      order.add(group);
    }
    group.peers().add(peer);
    if (!scheduled) {
      scheduled = true;
      loop.execute(this::run);
    }
  }

  private void run() {
    for (int turn = 0; turn < A_RUN && !order.isEmpty(); turn++) {
      Group group = order.remove();
      Peer peer = group.peers().remove();
      if (group.peers().isEmpty()) {
        groups.remove(group.prefix());
      } else {
        order.add(group);
      }
      peer.onTurn();
    }
    scheduled = !order.isEmpty();
    if (scheduled) {
      // As a timer that is due: a task would run before the loop looks at its sockets.
      var unused = loop.schedule(this::run, 0, TimeUnit.NANOSECONDS);
    }
  }
}
