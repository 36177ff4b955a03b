package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.wire.ExtendedHandshake;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.MetadataMessage;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeerSessionTest {
  private final SessionRig rig = new SessionRig();

  @AfterEach
  void nothingLeaks() {
    rig.close();
  }

  @Test
  void fastPeerIsAnsweredWithHaveAll() {
    rig.handshake(true, false);
    Handshake answer = rig.readHandshake();
    assertEquals(rig.film.cached().metainfo().infoHash(), answer.infoHash());
    assertArrayEquals(SessionRig.OUR_ID, answer.peerId());
    assertTrue(answer.fast());
    assertTrue(answer.extended());
    assertEquals(List.of(new WireMessage.HaveAll()), rig.read());
    assertEquals(1, rig.metrics.sessions.get());
  }

  @Test
  void peerWithoutFastExtensionIsAnsweredWithAFullBitfield() throws WireException {
    rig.handshake(false, false);
    rig.readHandshake();
    List<WireMessage> sent = rig.read();
    assertEquals(1, sent.size());
    BitSet have = ((WireMessage.Bitfield) sent.get(0)).toBitSet(SessionRig.PIECES);
    assertEquals(SessionRig.PIECES, have.cardinality());
  }

  @Test
  void truncatedV2HashIsAnsweredWithItself() {
    var v2 = rig.film.cached().metainfo().infoHashV2().truncated();
    rig.handshake(v2, true, false);
    assertEquals(v2, rig.readHandshake().infoHash());
  }

  @Test
  void extendedPeerIsToldWhatIsOffered() throws WireException {
    rig.handshake(true, true);
    rig.readHandshake();
    List<WireMessage> sent = rig.read();
    WireMessage.Extended first = assertInstanceOf(WireMessage.Extended.class, sent.get(0));
    assertEquals(0, first.id());
    ExtendedHandshake offer = ExtendedHandshake.decode(first.payload());
    assertEquals(Map.of("ut_metadata", 1), offer.messageIds());
    assertEquals(rig.film.cached().metainfo().info().remaining(), offer.metadataSizeBytes());
    assertEquals(SessionRig.LIMIT, offer.requestQueue());
    assertTrue(offer.uploadOnly());
    assertArrayEquals(new byte[] {(byte) 192, 0, 2, 7}, offer.yourIp());
    assertEquals("Weir/test", offer.client());
    assertEquals(6881, offer.listenPort());
    assertEquals(new WireMessage.HaveAll(), sent.get(1));
  }

  @Test
  void interestIsAnsweredWithOneUnchokeForGood() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    rig.send(new WireMessage.Interested());
    assertEquals(List.of(new WireMessage.Unchoke()), rig.read());
    rig.send(new WireMessage.NotInterested(), new WireMessage.Interested());
    assertEquals(List.of(), rig.read());
  }

  @Test
  void requestWhileChokedIsRejected() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    rig.send(new WireMessage.Request(0, 0, 16384));
    assertEquals(List.of(new WireMessage.RejectRequest(0, 0, 16384)), rig.read());
    rig.assertOpen();
  }

  @Test
  void requestWhileChokedIsIgnoredWithoutFastExtension() {
    rig.handshake(false, false);
    rig.readHandshake();
    rig.read();
    rig.send(new WireMessage.Request(0, 0, 16384));
    assertEquals(List.of(), rig.read());
    rig.assertOpen();
  }

  @Test
  void metadataIsServedBlockByBlock() throws WireException {
    assertMetadata(3, 0, true);
  }

  @Test
  void metadataBlockThatDoesNotExistIsRejected() throws WireException {
    assertMetadata(3, 99, false);
  }

  @Test
  void metadataIsGivenAtALimitedRate() throws WireException {
    rig.handshake(true, true);
    rig.readHandshake();
    rig.send(theirExtendedHandshake(7, false));
    rig.read();
    assertInstanceOf(MetadataMessage.Data.class, askMetadata(0));
    assertInstanceOf(MetadataMessage.Data.class, askMetadata(0));
    assertInstanceOf(MetadataMessage.Reject.class, askMetadata(0));
    rig.nowNanos += Duration.ofSeconds(1).toNanos();
    assertInstanceOf(MetadataMessage.Data.class, askMetadata(0));
  }

  @Test
  void metadataRequestWithoutANumberToAnswerUnderIsIgnored() {
    rig.handshake(true, true);
    rig.readHandshake();
    rig.read();
    rig.send(extended(1, new MetadataMessage.Request(0).encode()));
    assertEquals(List.of(), rig.read());
    rig.assertOpen();
  }

  @Test
  void otherSeedsAreLetGo() {
    rig.handshake(true, false);
    rig.send(new WireMessage.HaveAll());
    rig.assertClosed(CloseReason.PEER_COMPLETE);
  }

  @Test
  void peerWithACompleteBitfieldIsLetGo() {
    rig.handshake(false, false);
    BitSet all = new BitSet();
    all.set(0, SessionRig.PIECES);
    rig.send(WireMessage.Bitfield.of(all, SessionRig.PIECES));
    rig.assertClosed(CloseReason.PEER_COMPLETE);
  }

  @Test
  void uploadOnlyPeerIsLetGo() {
    rig.handshake(true, true);
    rig.send(theirExtendedHandshake(7, true));
    rig.assertClosed(CloseReason.PEER_COMPLETE);
  }

  @Test
  void partialPeerIsKept() {
    rig.handshake(true, false);
    BitSet some = new BitSet();
    some.set(3);
    rig.send(WireMessage.Bitfield.of(some, SessionRig.PIECES));
    rig.assertOpen();
  }

  @Test
  void laterBitfieldIsTakenForWhatItIs() {
    rig.handshake(true, false);
    BitSet some = new BitSet();
    some.set(3);
    rig.send(new WireMessage.HaveNone());
    rig.send(WireMessage.Bitfield.of(some, SessionRig.PIECES));
    rig.assertOpen();
    some.set(0, SessionRig.PIECES);
    rig.send(WireMessage.Bitfield.of(some, SessionRig.PIECES));
    rig.assertClosed(CloseReason.PEER_COMPLETE);
  }

  @Test
  void silentPeerIsGivenUp() {
    rig.handshake(true, false);
    rig.passTime(Duration.ofSeconds(119));
    rig.assertOpen();
    rig.passTime(Duration.ofSeconds(1));
    rig.assertClosed(CloseReason.IDLE);
  }

  @Test
  void peerThatKeepsAliveIsKeptAndKeptAlive() {
    rig.handshake(true, false);
    rig.readHandshake();
    rig.read();
    List<WireMessage> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rig.passTime(Duration.ofSeconds(60));
      rig.send(new WireMessage.KeepAlive());
      sent.addAll(rig.read());
    }
    rig.assertOpen();
    assertEquals(5, sent.size());
    sent.forEach(message -> assertEquals(new WireMessage.KeepAlive(), message));
  }

  @Test
  void withdrawnContentEndsItsSessions() {
    rig.handshake(true, false);
    rig.withdraw();
    rig.send(new WireMessage.Interested());
    rig.assertClosed(CloseReason.CONTENT_WITHDRAWN);
  }

  private void assertMetadata(int theirId, int block, boolean found) throws WireException {
    rig.handshake(true, true);
    rig.readHandshake();
    rig.send(theirExtendedHandshake(theirId, false));
    rig.read();
    ByteBuffer info = rig.film.cached().metainfo().info();
    MetadataMessage expected =
        found
            ? new MetadataMessage.Data(
                block, info.remaining(), info.slice(0, Math.min(16384, info.remaining())))
            : new MetadataMessage.Reject(block);
    assertEquals(expected, askMetadata(block));
  }

  private MetadataMessage askMetadata(int block) throws WireException {
    rig.send(extended(1, new MetadataMessage.Request(block).encode()));
    List<WireMessage> sent = rig.read();
    assertEquals(1, sent.size());
    return MetadataMessage.decode(((WireMessage.Extended) sent.get(0)).payload());
  }

  private static WireMessage theirExtendedHandshake(int metadataId, boolean uploadOnly) {
    return SessionRig.extendedHandshake(Map.of("ut_metadata", metadataId), uploadOnly);
  }

  private static WireMessage extended(int id, byte[] payload) {
    return new WireMessage.Extended(id, ByteBuffer.wrap(payload));
  }
}
