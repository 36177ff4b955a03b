package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.weir.loadtest.crowd.TestContent;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwarmTest {
  private static final int PIECES = 4;
  private static final int PIECE = 2 * WireCodec.BLOCK_BYTES;
  private static final PeerId SELF = new PeerId("-WL0100-mmmmmmmmmmmm");
  private static final String LOWER = "-WL0100-aaaaaaaaaaaa";
  private static final String HIGHER = "-WL0100-zzzzzzzzzzzz";

  @TempDir Path dir;
  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final PeerTraffic traffic = new PeerTraffic();
  private final List<FakeRemote> remotes = new ArrayList<>();
  private TestContent content;
  private byte[] bytes;
  private PieceFile file;
  private Swarm swarm;
  private long nowNanos;
  private boolean whole;

  @BeforeEach
  void makeSwarm() throws IOException {
    content = TestContent.make(dir.resolve("film.bin"), PIECES * PIECE, PIECE, 1);
    bytes = Files.readAllBytes(content.file());
    swarm = swarm(false);
  }

  @AfterEach
  void close() throws IOException {
    remotes.forEach(FakeRemote::close);
    file.close();
  }

  @Test
  void aLeecherIntroducesItselfAndAsksASeed() throws Exception {
    FakeRemote seed = connect(HIGHER);

    assertEquals(List.of(new WireMessage.HaveNone(), new WireMessage.Unchoke()), seed.received());
    seed.send(new WireMessage.HaveAll());
    assertEquals(List.of(new WireMessage.Interested()), seed.received());
    seed.send(new WireMessage.Unchoke());
    assertEquals(2 * PIECES, seed.received(WireMessage.Request.class).size());
  }

  @Test
  void aSeedSendsWhatItIsAskedFor() throws Exception {
    swarm = swarm(true);
    FakeRemote leecher = connect(HIGHER);
    assertEquals(new WireMessage.HaveAll(), leecher.received().get(0));

    leecher.send(new WireMessage.Request(3, 1_000, 2_000));

    WireMessage.Piece piece = leecher.received(WireMessage.Piece.class).get(0);
    assertEquals(ByteBuffer.wrap(bytes, 3 * PIECE + 1_000, 2_000), piece.block());
    assertEquals(2_000, traffic.sentBytes());
  }

  @Test
  void aVerifiedPieceIsAnnouncedToThoseThatLackItAndSentToThem() throws Exception {
    FakeRemote leecher = connect(LOWER);
    leecher.received();
    FakeRemote seed = connectSeed(HIGHER);

    List<WireMessage.Request> requests = seed.received(WireMessage.Request.class);
    answer(seed, requests.subList(0, 2));

    int piece = requests.get(0).piece();
    swarm.tick();
    leecher.connection().flush();
    assertEquals(List.of(new WireMessage.Have(piece)), leecher.received());
    seed.connection().flush();
    assertEquals(List.of(), seed.received(WireMessage.Have.class));
    leecher.send(new WireMessage.Request(piece, 0, 10));
    assertEquals(
        ByteBuffer.wrap(bytes, piece * PIECE, 10),
        leecher.received(WireMessage.Piece.class).get(0).block());
    assertEquals(PIECE, traffic.fromPeersBytes());
  }

  @Test
  void aWholePeerLeavesSeedsAndKeepsLeechers() throws Exception {
    FakeRemote leecher = connect(LOWER);
    FakeRemote seed = connectSeed(HIGHER);
    answer(seed, seed.received(WireMessage.Request.class));

    assertTrue(whole);
    assertTrue(swarm.holdings().isWhole());
    swarm.tick();
    assertFalse(seed.isOpen());
    assertTrue(leecher.isOpen());
    assertFalse(swarm.wantsRemotes(0));
  }

  @Test
  void bytesFromAnEdgeAreCountedApart() throws Exception {
    FakeRemote edge = remote(true, true).handshake(infoHash(), HIGHER);
    edge.send(new WireMessage.HaveAll(), new WireMessage.Unchoke());
    answer(edge, edge.received(WireMessage.Request.class));

    assertEquals(PIECES * PIECE, traffic.fromEdgesBytes());
    assertEquals(0, traffic.fromPeersBytes());
  }

  @Test
  void whatIsNotHeldIsRefused() throws Exception {
    FakeRemote leecher = connect(HIGHER);
    leecher.received();

    leecher.send(new WireMessage.Request(0, 0, 10));

    assertEquals(List.of(new WireMessage.RejectRequest(0, 0, 10)), leecher.received());
    assertTrue(leecher.isOpen());
  }

  @Test
  void aRequestOutsideOfTheContentClosesTheConnection() {
    for (WireMessage.Request request :
        List.of(
            new WireMessage.Request(PIECES, 0, 10), new WireMessage.Request(0, PIECE - 9, 10))) {
      FakeRemote remote = connect(HIGHER);
      remote.send(request);
      assertFalse(remote.isOpen(), request.toString());
    }
  }

  @Test
  void aHaveOutsideOfTheContentOrASecondBitfieldClosesTheConnection() {
    FakeRemote remote = connect(HIGHER);
    remote.send(new WireMessage.Have(PIECES));
    assertFalse(remote.isOpen());

    remote = connect(HIGHER);
    remote.send(new WireMessage.HaveAll(), new WireMessage.HaveAll());
    assertFalse(remote.isOpen());
  }

  @Test
  void aRemoteThatAsksWithoutReadingIsLeft() {
    FakeRemote remote = connect(HIGHER);
    WireMessage[] requests =
        Collections.nCopies(20_000, new WireMessage.Request(0, 0, 10)).toArray(WireMessage[]::new);

    remote.send(requests);

    assertFalse(remote.isOpen());
  }

  @Test
  void anotherSwarmsHandshakeAndOnesOwnAreRefused() {
    FakeRemote other = remote(false, false);
    other.handshake(InfoHash.of(new byte[20]), HIGHER);

    assertFalse(other.isOpen());
    assertFalse(connect(SELF.text()).isOpen());
  }

  @Test
  void ofTwoConnectionsToOneRemoteTheOlderStays() {
    FakeRemote first = connect(HIGHER);
    nowNanos += Connections.YOUNG.toNanos();
    FakeRemote second = remote(true, false).handshake(infoHash(), HIGHER);

    assertTrue(first.isOpen());
    assertFalse(second.isOpen());
  }

  @Test
  void whenBothSidesDialledAtOnceTheLowerIdsConnectionStays() {
    FakeRemote theirs = connect(HIGHER);
    FakeRemote ours = remote(true, false).handshake(infoHash(), HIGHER);
    swarm.tick();
    assertFalse(theirs.isOpen());
    assertTrue(ours.isOpen());

    theirs = connect(LOWER);
    ours = remote(true, false).handshake(infoHash(), LOWER);
    assertTrue(theirs.isOpen());
    assertFalse(ours.isOpen());
  }

  @Test
  void moreConnectionsThanAllowedAreClosed() {
    for (int i = 0; i < Connections.MAX_CONNECTIONS; i++) {
      assertTrue(remote(false, false).isOpen());
    }

    assertFalse(remote(false, false).isOpen());
  }

  @Test
  void theOnlySourceOfACorruptPieceIsBanned() throws Exception {
    FakeRemote liar = connectSeed(HIGHER);
    WireMessage.Request first = liar.received(WireMessage.Request.class).get(0);
    for (int begin = 0; begin < PIECE; begin += WireCodec.BLOCK_BYTES) {
      liar.send(
          new WireMessage.Piece(first.piece(), begin, ByteBuffer.allocate(WireCodec.BLOCK_BYTES)));
    }
    loop.runPendingTasks();

    assertFalse(liar.isOpen());
    assertFalse(connect(HIGHER).isOpen());
    assertEquals(1, traffic.corruptPieces());
    assertEquals(PIECE, traffic.wastedBytes());
    assertEquals(2 * PIECES, connectSeed(LOWER).received(WireMessage.Request.class).size());
  }

  @Test
  void aRemoteThatSaysNothingOrAnswersNothingIsLeft() throws Exception {
    FakeRemote silent = remote(false, false);
    FakeRemote stalled = connectSeed(HIGHER);
    FakeRemote idle = connect(LOWER);
    idle.received();

    after(ConnectionUpkeep.HANDSHAKE_PATIENCE);
    assertFalse(silent.isOpen());
    assertTrue(stalled.isOpen());
    after(ConnectionUpkeep.ANSWER_PATIENCE);
    assertFalse(stalled.isOpen());
    after(ConnectionUpkeep.KEEP_ALIVE);
    assertTrue(idle.isOpen());
    assertEquals(List.of(new WireMessage.KeepAlive()), idle.received());
  }

  @Test
  void aRemoteThatRefusesIsAskedAgainAfterAPause() throws Exception {
    FakeRemote seed = connectSeed(HIGHER);
    for (WireMessage.Request request : seed.received(WireMessage.Request.class)) {
      seed.send(
          new WireMessage.RejectRequest(request.piece(), request.begin(), request.lengthBytes()));
    }

    assertEquals(List.of(), seed.received());
    after(Swarm.REJECT_PAUSE);
    assertEquals(2 * PIECES, seed.received(WireMessage.Request.class).size());
  }

  @Test
  void aRemoteThatChokesIsAskedNothing() throws Exception {
    FakeRemote seed = connectSeed(HIGHER);
    answer(seed, seed.received(WireMessage.Request.class).subList(0, 2));
    seed.send(new WireMessage.Choke());
    after(Duration.ofSeconds(1));

    assertEquals(List.of(), seed.received(WireMessage.Request.class));
  }

  private Swarm swarm(boolean seed) throws IOException {
    PeerPlan plan =
        new PeerPlan(
            content.metainfo(),
            List.of(),
            Set.of(),
            "127.0.0.1",
            seed ? content.file() : dir.resolve("copy"),
            seed,
            1);
    if (file != null) {
      file.close();
    }
    file = PieceFile.open(plan, Runnable::run);
    return new Swarm(
        plan, SELF, loop.eventLoop(), file, traffic, () -> nowNanos, new Random(1), outcome());
  }

  private Swarm.Outcome outcome() {
    return new Swarm.Outcome() {
      @Override
      public void onWhole() {
        whole = true;
      }

      @Override
      public void onDiskFailure(Throwable cause) {
        throw new IllegalStateException(cause);
      }
    };
  }

  private InfoHash infoHash() {
    return content.metainfo().swarmHash();
  }

  private FakeRemote remote(boolean outbound, boolean edge) {
    FakeRemote remote = new FakeRemote(swarm, outbound, edge);
    remotes.add(remote);
    return remote;
  }

  private FakeRemote connect(String peerId) {
    return remote(false, false).handshake(infoHash(), peerId);
  }

  private FakeRemote connectSeed(String peerId) {
    FakeRemote seed = connect(peerId);
    seed.send(new WireMessage.HaveAll(), new WireMessage.Unchoke());
    return seed;
  }

  private void answer(FakeRemote remote, List<WireMessage.Request> requests) {
    for (WireMessage.Request request : requests) {
      remote.send(
          new WireMessage.Piece(
              request.piece(),
              request.begin(),
              ByteBuffer.wrap(
                  bytes, request.piece() * PIECE + request.begin(), request.lengthBytes())));
    }
    loop.runPendingTasks();
  }

  private void after(Duration time) {
    nowNanos += time.toNanos() + 1;
    swarm.tick();
  }
}
