package io.weir.loadtest.clients;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Keeps the documented ports while a stack starts, so that it draws others: else the next stack on
 * this machine would take them from a role that a test has killed.
 */
final class DocumentedPorts implements AutoCloseable {
  private static final int[] TCP = {7070, 7071, 7072, 8080, 6881};
  private static final int[] UDP = {6969};

  private final List<Closeable> held = new ArrayList<>();

  DocumentedPorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    for (int port : TCP) {
      hold(() -> new ServerSocket(port, 1, loopback));
    }
    for (int port : UDP) {
      hold(() -> new DatagramSocket(port, loopback));
    }
  }

  private void hold(Callable<Closeable> socket) {
    try {
      held.add(socket.call());
    } catch (Exception e) {
      // somebody else keeps it
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable socket : held) {
      socket.close();
    }
  }
}
