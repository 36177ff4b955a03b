package io.weir.loadtest.stack;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Asks the kernel whether a documented port can be had; the answer may be stale a moment later. */
final class FreePort {
  /** This TCP port if it is free on the host, else 0 (any). */
  static int tcp(String host, int port) {
    return tcpFree(host, port) ? port : 0;
  }

  /** This UDP port if it is free on the host, else 0 (any). */
  static int udp(String host, int port) {
    return udpFree(host, port) ? port : 0;
  }

  /** This port if both its TCP and its UDP side are free on the host, else 0 (any). */
  static int both(String host, int port) {
    return tcpFree(host, port) && udpFree(host, port) ? port : 0;
  }

  private static boolean tcpFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean udpFree(String host, int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private FreePort() {}
}
