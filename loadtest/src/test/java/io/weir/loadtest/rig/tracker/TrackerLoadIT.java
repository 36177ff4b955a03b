package io.weir.loadtest.rig.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import io.weir.protocol.metainfo.InfoHash;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TrackerLoadIT {
  private static final int CONTENTS = 30;
  private static final int PEERS = 8;

  @TempDir private static Path dir;

  private static TrackerProcess edge;
  private static List<InfoHash> infoHashes;

  @BeforeAll
  static void start() throws IOException {
    edge = EdgeTracker.start(dir.resolve("edge"), CONTENTS, List.of(), List.of("-Xmx256m"));
    infoHashes = InfoHashFile.read(edge.infoHashes());
  }

  @AfterAll
  static void stop() throws IOException {
    edge.close();
  }

  @Test
  void edgeAnswersEveryAnnounceByUdp() throws Exception {
    TrackerResult result = run(edge.udp(), Transport.UDP, new Pace.Closed());
    assertEquals(List.of(), result.faults());
    assertTrue(result.load().verified() > 0);
    assertTrue(result.peersPerAnswer() > 1, "peers " + result.peersPerAnswer());
    assertTrue(result.load().cpuMicrosPerAnswer() > 0);
  }

  @Test
  void edgeAnswersEveryAnnounceByHttp() throws Exception {
    for (Transport transport : List.of(Transport.HTTP, Transport.HTTP_CONNECT)) {
      TrackerResult result = run(edge.http(), transport, new Pace.Closed());
      assertEquals(List.of(), result.faults());
      assertTrue(result.load().verified() > 0);
      assertTrue(result.peersPerAnswer() > 1, "peers " + result.peersPerAnswer());
    }
  }

  @Test
  void rateThatIsMetIsNotExceeded() throws Exception {
    TrackerResult result = run(edge.udp(), Transport.UDP, new Pace.Open(500));
    assertEquals(List.of(), result.faults());
    assertTrue(result.load().answers() < 600, "answers " + result.load().answers());
  }

  @Test
  void swarmThatTheTrackerDoesNotKnowFailsTheRun() throws Exception {
    List<InfoHash> unknown = InfoHashFile.random(CONTENTS, new Random(1));
    for (Transport transport : List.of(Transport.UDP, Transport.HTTP)) {
      InetSocketAddress tracker = transport == Transport.UDP ? edge.udp() : edge.http();
      TrackerPlan plan = plan(tracker, transport, unknown, new Pace.Closed(), 300, edge.pid());
      String faults = new TrackerLoad(plan).run().faults().toString();
      assertTrue(faults.contains("unregistered torrent"), faults);
    }
  }

  @Test
  void announcesThatAreNotAnsweredFailTheRun() throws Exception {
    try (DatagramSocket deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerConnectsAlone(deaf), "deaf-tracker");
      thread.start();
      InetSocketAddress address = (InetSocketAddress) deaf.getLocalSocketAddress();
      TrackerResult result =
          new TrackerLoad(plan(address, Transport.UDP, infoHashes, new Pace.Closed(), 2_500, null))
              .run();
      assertTrue(result.lost() > 0);
      assertTrue(result.faults().toString().contains("not answered"), result.faults().toString());
    }
  }

  @Test
  void processThatIsNotThereIsAnError() {
    TrackerPlan plan = plan(edge.udp(), Transport.UDP, infoHashes, new Pace.Closed(), 100, -1L);
    assertThrows(IOException.class, () -> new TrackerLoad(plan).run());
  }

  @Test
  void opentrackerAnswersForWhatItsWhitelistNames() throws Exception {
    assumeTrue(OpenTracker.isInstalled(), "opentracker is not installed");
    try (TrackerProcess other = OpenTracker.start(dir.resolve("other"), infoHashes, List.of())) {
      assertEquals(List.of(), run(other.udp(), Transport.UDP, new Pace.Closed()).faults());
      assertEquals(
          List.of(), run(other.http(), Transport.HTTP_CONNECT, new Pace.Closed()).faults());
    }
  }

  private static TrackerResult run(InetSocketAddress tracker, Transport transport, Pace pace)
      throws IOException, InterruptedException {
    return new TrackerLoad(plan(tracker, transport, infoHashes, pace, 800, edge.pid())).run();
  }

  private static TrackerPlan plan(
      InetSocketAddress tracker,
      Transport transport,
      List<InfoHash> infoHashes,
      Pace pace,
      int millis,
      Long pid) {
    return new TrackerPlan(
        tracker,
        transport,
        infoHashes,
        PEERS,
        PEERS,
        50,
        8,
        transport == Transport.UDP ? 4 : 1,
        pace,
        Duration.ofMillis(300),
        Duration.ofMillis(millis),
        pid,
        1);
  }

  private static void answerConnectsAlone(DatagramSocket socket) {
    byte[] bytes = new byte[128];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        if (packet.getLength() == 16) {
          byte[] reply = ByteBuffer.allocate(16).putLong(8, 1).array();
          socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // The test has closed the socket.
    }
  }
}
