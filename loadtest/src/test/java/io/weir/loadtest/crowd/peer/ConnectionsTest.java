package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.weir.loadtest.crowd.TestContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
  private static final PeerId SELF = new PeerId("self");

  @TempDir Path dir;
  private final Connections connections = new Connections(SELF);
  private PieceFile file;
  private Swarm swarm;

  @BeforeEach
  void makeSwarm() throws IOException {
    TestContent content = TestContent.make(dir.resolve("film.bin"), 16_384, 16_384, 1);
    PeerPlan plan =
        new PeerPlan(content.metainfo(), List.of(), Set.of(), "127.0.0.1", content.file(), true, 1);
    file = PieceFile.open(plan, Runnable::run);
    swarm =
        new Swarm(
            plan,
            SELF,
            new EmbeddedChannel().eventLoop(),
            file,
            new PeerTraffic(),
            () -> 0,
            new Random(1),
            new Swarm.Outcome() {
              @Override
              public void onWhole() {}

              @Override
              public void onDiskFailure(Throwable cause) {}
            });
  }

  @AfterEach
  void closeFile() throws IOException {
    file.close();
  }

  @Test
  void oneOfSeveralSourcesIsBannedOnlyAfterSeveralCorruptPieces() {
    PeerConnection first = admitted("first");
    PeerConnection second = admitted("second");
    Set<Remote> both = Set.of(first.remote(), second.remote());

    for (int i = 1; i < Connections.MAX_STRIKES; i++) {
      assertEquals(List.of(), connections.blame(both));
    }
    assertEquals(List.of(first), connections.blame(Set.of(first.remote())));
    connections.remove(first);
    assertFalse(connections.admit(connection(), new PeerId("first"), 0));
    assertEquals(List.of(second), connections.blame(both));
  }

  @Test
  void noMoreSuspectsAreRememberedThanAllowed() {
    for (int i = 0; i < Connections.MAX_SUSPECTS; i++) {
      PeerConnection liar = admitted("liar" + i);
      assertEquals(List.of(liar), connections.blame(Set.of(liar.remote())));
      connections.remove(liar);
    }

    PeerConnection late = admitted("late");
    assertEquals(List.of(), connections.blame(Set.of(late.remote())));
    assertFalse(connections.admit(connection(), new PeerId("liar0"), 0));
  }

  @Test
  void connectionsAreCountedByWhoOpenedThem() {
    PeerConnection outbound = new PeerConnection(swarm, new EmbeddedChannel(), true, false);
    assertTrue(connections.add(outbound));
    assertTrue(connections.add(connection()));

    assertEquals(2, connections.openCount());
    assertEquals(1, connections.outboundCount());
    connections.remove(outbound);
    assertEquals(0, connections.outboundCount());
  }

  private PeerConnection admitted(String id) {
    PeerConnection connection = connection();
    assertTrue(connections.add(connection));
    assertTrue(connections.admit(connection, new PeerId(id), 0));
    return connection;
  }

  private PeerConnection connection() {
    return new PeerConnection(swarm, new EmbeddedChannel(), false, false);
  }
}
