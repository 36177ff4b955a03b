package io.weir.loadtest.stack;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports that a new stack may have on its host, none twice. The kernel's answer may be stale a
 * moment later.
 *
 * <p>Where a documented port is taken, any is drawn from below Linux's ephemeral ports: no outgoing
 * connection takes it while its role is down.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int LAST = 31_999;
  private static final int DRAWS = 1_000;

  private final String host;
  private final RandomGenerator random;
  private final Set<Integer> given = new HashSet<>();

  FreePorts(String host, RandomGenerator random) {
    this.host = host;
    this.random = random;
  }

  /** Which sides of a port a listener binds. */
  enum Side {
    TCP,
    UDP,
    BOTH
  }

  /** This port if it is free, else any. */
  int preferably(int port, Side side) throws IOException {
    return isFree(port, side) && given.add(port) ? port : any(side);
  }

  /**
   * Any port.
   *
   * @throws IOException if none was found
   */
  int any(Side side) throws IOException {
    for (int draw = 0; draw < DRAWS; draw++) {
      int port = random.nextInt(FIRST, LAST + 1);
      if (isFree(port, side) && given.add(port)) {
        return port;
      }
    }
    throw new IOException("no free port on " + host + " from " + FIRST + " to " + LAST);
  }

  /** Whether it could be bound now. */
  boolean isFree(int port, Side side) {
    return switch (side) {
      case TCP -> tcpFree(port);
      case UDP -> udpFree(port);
      case BOTH -> tcpFree(port) && udpFree(port);
    };
  }

  private boolean tcpFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean udpFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
