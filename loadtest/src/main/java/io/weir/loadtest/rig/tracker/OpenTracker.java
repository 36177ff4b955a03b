package io.weir.loadtest.rig.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Starts opentracker as Debian builds it: it tracks what its whitelist names. */
public final class OpenTracker {
  private static final Path PROGRAM = Path.of("/usr/bin/opentracker");
  private static final String WHITELIST = "whitelist.txt";
  private static final int ATTEMPTS = 50;
  private static final int ATTEMPT_MILLIS = 100;

  /** Whether it is on this machine. */
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Starts it on a free port of 127.0.0.1, and returns once it answers.
   *
   * @param dir made where it is missing; opentracker gives up root and reads its whitelist there,
   *     so everybody must be able to reach it
   * @param prefix what its command line begins with, such as {@code taskset -c 0}
   */
  public static TrackerProcess start(Path dir, List<InfoHash> infoHashes, List<String> prefix)
      throws IOException {
    Files.createDirectories(dir);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path whitelist = dir.resolve(WHITELIST);
    InfoHashFile.write(whitelist, infoHashes);
    InetSocketAddress address = freeAddress();
    String port = String.valueOf(address.getPort());
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            PROGRAM.toString(),
            "-i",
            "127.0.0.1",
            "-p",
            port,
            "-P",
            port,
            "-d",
            dir.toAbsolutePath().toString(),
            "-w",
            WHITELIST));
    Process process =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("opentracker.log").toFile())
            .start();
    TrackerProcess tracker = new TrackerProcess(process, command, address, address, whitelist);
    if (!answers(address, process)) {
      tracker.close();
      throw new IOException("opentracker does not answer, see " + dir.resolve("opentracker.log"));
    }
    return tracker;
  }

  private static InetSocketAddress freeAddress() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      return new InetSocketAddress(loopback, free.getLocalPort());
    }
  }

  /** Asks for a connection id (BEP 15) until there is one. */
  private static boolean answers(InetSocketAddress address, Process process) throws IOException {
    byte[] connect = ByteBuffer.allocate(16).putLong(0x41727101980L).array();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(ATTEMPT_MILLIS);
      for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
        socket.send(new DatagramPacket(connect, connect.length, address));
        try {
          socket.receive(new DatagramPacket(new byte[16], 16));
          return true;
        } catch (SocketTimeoutException e) {
          // It is not bound yet.
        }
      }
    }
    return false;
  }

  private OpenTracker() {}
}
