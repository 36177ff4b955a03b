package io.weir.loadtest.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** This machine's own loopback, which the test's JVM shares with the programs it starts. */
final class Loopback implements Network {
  @Override
  public ProcessBuilder command(List<String> command) {
    return new ProcessBuilder(command);
  }

  @Override
  public String edgeAddress() {
    return "127.0.0.1";
  }

  /** A port that is free by TCP and by UDP at the time. */
  @Override
  public int port(int documented) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    while (true) {
      try (ServerSocket tcp = new ServerSocket(0, 1, loopback)) {
        try (DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()))) {
          return udp.getLocalPort();
        } catch (IOException e) {
          // Somebody has it by UDP: another one.
        }
      } catch (IOException e) {
        throw new UncheckedIOException("no port to be had", e);
      }
    }
  }
}
