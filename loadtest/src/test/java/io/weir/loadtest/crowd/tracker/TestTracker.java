package io.weir.loadtest.crowd.tracker;

import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.TrackerException;
import io.weir.protocol.tracker.UdpTrackerCodec;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A UDP tracker of one swarm that tells everyone of everyone, and remembers what it was told. */
public final class TestTracker implements AutoCloseable {
  private static final long CONNECTION_ID = 0x5eed;

  private final DatagramSocket socket;
  private final int packetsToDrop;
  private final Set<InetSocketAddress> peers = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<AnnounceRequest> announces = new LinkedBlockingQueue<>();

  private TestTracker(DatagramSocket socket, int packetsToDrop) {
    this.socket = socket;
    this.packetsToDrop = packetsToDrop;
  }

  /** Starts one that loses the first packets that come. */
  public static TestTracker start(int packetsToDrop) throws IOException {
    TestTracker tracker =
        new TestTracker(
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            packetsToDrop);
    Thread thread = new Thread(tracker::serve, "test-tracker");
    thread.setDaemon(true);
    thread.start();
    return tracker;
  }

  public String url() {
    return "udp://127.0.0.1:" + socket.getLocalPort();
  }

  /** Adds a peer that does not announce itself. */
  public void add(InetSocketAddress peer) {
    peers.add(peer);
  }

  /** What was announced, oldest first. */
  public BlockingQueue<AnnounceRequest> announces() {
    return announces;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    int received = 0;
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        if (received++ >= packetsToDrop) {
          answer(packet);
        }
      } catch (IOException | TrackerException e) {
        if (!socket.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void answer(DatagramPacket packet) throws IOException, TrackerException {
    Request request =
        UdpTrackerCodec.decodeRequest(
            ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength()));
    int transaction = request.transactionId();
    Response response;
    if (request instanceof Request.Connect) {
      response = new Response.Connect(transaction, CONNECTION_ID);
    } else if (request instanceof Request.Announce announce
        && announce.connectionId() == CONNECTION_ID) {
      response = new Response.Announce(transaction, announced(packet, announce.announce()));
    } else {
      response = new Response.Failure(transaction, "connect first");
    }
    ByteBuffer out = ByteBuffer.allocate(2_048);
    UdpTrackerCodec.encode(response, false, out);
    socket.send(new DatagramPacket(out.array(), out.position(), packet.getSocketAddress()));
  }

  private AnnounceResponse announced(DatagramPacket packet, AnnounceRequest announce) {
    announces.add(announce);
    InetSocketAddress peer = new InetSocketAddress(packet.getAddress(), announce.port());
    if (announce.event() == Event.STOPPED) {
      peers.remove(peer);
    } else {
      peers.add(peer);
    }
    return new AnnounceResponse(1_800, 0, peers.size(), List.copyOf(peers));
  }
}
