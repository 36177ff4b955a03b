package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.wire.ExtendedHandshake;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What peers are told of pieces that are not here, and what becomes of requests for them. */
final class VirtualSeedTest {
  private static final int DONT_HAVE = 7;
  private static final int UPLOAD_ONLY = 3;
  private static final int PART = 2048;

  private SessionRig rig = new SessionRig();

  @AfterEach
  void nothingLeaks() {
    rig.close();
  }

  @Test
  void honestBitfieldIsShownWhileTheSourceIsDown() throws WireException {
    rig.pieces.healthy = false;
    rig.pieces.stored.set(3, 7);
    rig.handshake(true, true);
    rig.readHandshake();
    List<WireMessage> sent = rig.read();
    assertFalse(offer(sent).uploadOnly());
    assertEquals(rig.pieces.stored, bitfield(sent.get(1)));
    assertEquals(1, greetings("stored"));
  }

  @Test
  void everythingStoredIsShownAsASeedEvenWhileTheSourceIsDown() throws WireException {
    rig.pieces.healthy = false;
    rig.pieces.stored.set(0, SessionRig.PIECES);
    rig.handshake(true, true);
    rig.readHandshake();
    List<WireMessage> sent = rig.read();
    assertTrue(offer(sent).uploadOnly());
    assertEquals(new WireMessage.HaveAll(), sent.get(1));
    assertEquals(1, greetings("everything"));
  }

  @Test
  void nothingStoredIsHaveNoneToAPeerThatKnowsItAndSilenceToOthers() {
    rig.pieces.healthy = false;
    rig.handshake(true, false);
    rig.readHandshake();
    assertEquals(List.of(new WireMessage.HaveNone()), rig.read());
    rig.close();
    rig = new SessionRig();
    rig.pieces.healthy = false;
    rig.handshake(false, false);
    rig.readHandshake();
    assertEquals(List.of(), rig.read());
  }

  @Test
  void honestPeerIsToldOfPiecesAsTheyAreStored() {
    rig = honest(Map.of());
    rig.pieces.stored.set(5);
    rig.pieces.stored.set(9);
    assertEquals(List.of(), rig.read());
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(new WireMessage.Have(5), new WireMessage.Have(9)), rig.read());
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(), rig.read(), "nothing is said twice");
  }

  @Test
  void honestPeerIsToldOfTheRestOnceTheSourceIsHealthy() {
    rig = honest(Map.of());
    rig.pieces.healthy = true;
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(haves(0, SessionRig.PIECES), rig.read());
    rig.pieces.healthy = false;
    rig.passTime(Duration.ofSeconds(60));
    assertEquals(List.of(), rig.read(), "from then on the deadline speaks");
  }

  @Test
  void honestPeerIsToldOfEvictedPiecesIfItUnderstands() {
    rig = honest(Map.of("lt_donthave", DONT_HAVE), 4, 5);
    rig.pieces.stored.clear(4);
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(dontHave(4)), rig.read());
    rig.pieces.stored.set(4);
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(new WireMessage.Have(4)), rig.read());
  }

  @Test
  void evictedPieceIsNotAnnouncedWhereItCannotBeUnderstoodOrCanBeRefilled() {
    rig = honest(Map.of(), 4);
    rig.pieces.stored.clear(4);
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(), rig.read());
    rig.close();
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.pieces.stored.set(4);
    rig.passTime(Announcements.FOLLOW_EVERY);
    rig.pieces.stored.clear(4);
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(), rig.read());
  }

  @Test
  void announcementsOfARoundAreBounded() {
    rig.close();
    rig = SessionRig.honest(Announcements.MAX_A_ROUND + 10);
    rig.pieces.stored.set(0, rig.pieceCount);
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(Announcements.MAX_A_ROUND, rig.read().size());
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(10, rig.read().size());
  }

  @Test
  void peerThatTakesNothingIsToldNothing() {
    rig = honest(Map.of());
    rig.pieces.stored.set(5);
    rig.stick();
    rig.passTime(Announcements.FOLLOW_EVERY);
    rig.unstick();
    rig.read();
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(new WireMessage.Have(5)), rig.read());
  }

  @Test
  void pieceThatDoesNotComeInTimeIsWithdrawnAndItsRequestsRejected() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0), request(6, 1));
    rig.passTime(DeadlineRule.DEADLINE.minusMillis(1));
    assertEquals(List.of(), rig.read());
    rig.passTime(Duration.ofMillis(1));
    assertEquals(List.of(dontHave(6), reject(6, 0), reject(6, 1)), rig.read());
    assertEquals(1, rig.metrics.withdrawals.count());
    assertEquals(2, rig.registry.get("weir.peer.rejects").tag("cause", "late").counter().count());
    rig.assertOpen();
  }

  @Test
  void deadlineRunsFromTheRequestAndNotFromItsRead() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    int late = PartReads.MAX_FILLS;
    for (int piece = 0; piece <= late; piece++) {
      rig.send(request(piece, 0));
    }
    rig.passTime(Duration.ofSeconds(8));
    arrive(0);
    assertTrue(rig.pieces.isReading(late), "its turn came after eight seconds");
    rig.read();
    rig.passTime(Duration.ofSeconds(2));
    assertTrue(rig.read().contains(reject(late, 0)));
  }

  @Test
  void withdrawnPieceIsClaimedAgainWhenItsFillArrives() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    rig.read();
    arrive(6);
    assertEquals(List.of(new WireMessage.Have(6)), rig.read());
  }

  @Test
  void withdrawnPieceThatComesByAnotherWayIsClaimedAgain() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    fail(6);
    rig.read();
    rig.pieces.stored.set(6);
    rig.passTime(Announcements.FOLLOW_EVERY);
    assertEquals(List.of(new WireMessage.Have(6)), rig.read());
  }

  @Test
  void withdrawnPieceThatNeverComesIsClaimedAgainLaterWhereTheSourceIsHealthy() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    fail(6);
    rig.read();
    passBySeconds(28);
    assertEquals(List.of(), rig.read());
    passBySeconds(4);
    assertEquals(List.of(new WireMessage.Have(6)), rig.read());
  }

  @Test
  void withdrawnPieceIsNotClaimedWhileTheSourceIsDown() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    fail(6);
    rig.pieces.healthy = false;
    rig.read();
    passBySeconds(80);
    assertEquals(List.of(), rig.read());
  }

  @Test
  void withdrawnPieceThatIsAskedForAllTheSameHasItsDeadlineAgain() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    rig.read();
    rig.send(request(6, 0));
    assertEquals(List.of(6), rig.pieces.reads, "the read that is late serves it");
    rig.passTime(DeadlineRule.DEADLINE);
    assertEquals(List.of(reject(6, 0)), rig.read());
    rig.send(request(6, 1));
    arrive(6);
    assertEquals(List.of(new WireMessage.Have(6), rig.block(6, PART, PART)), rig.read());
  }

  @Test
  void firstWithdrawalTakesUploadOnlyBack() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE, "upload_only", UPLOAD_ONLY));
    rig.send(request(6, 0), request(7, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    assertEquals(
        List.of(
            new WireMessage.Extended(UPLOAD_ONLY, ByteBuffer.wrap(new byte[1])),
            dontHave(6),
            reject(6, 0),
            dontHave(7),
            reject(7, 0)),
        rig.read());
  }

  @Test
  void lateReadMakesRoomForOthers() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    for (int piece = 0; piece < PartReads.MAX_FILLS; piece++) {
      rig.send(request(piece, 0));
    }
    rig.passTime(Duration.ofSeconds(1));
    int next = PartReads.MAX_FILLS;
    rig.send(request(next, 0));
    assertFalse(rig.pieces.isReading(next));
    rig.passTime(Duration.ofSeconds(9));
    assertTrue(rig.pieces.isReading(next));
  }

  @Test
  void peerWithoutDontHaveIsRejectedOneBlockAtATime() {
    rig = SessionRig.serving(true);
    rig.send(request(6, 0), request(6, 1), request(7, 0));
    rig.passTime(DeadlineRule.DEADLINE);
    assertEquals(List.of(reject(6, 0)), rig.read());
    rig.passTime(DeadlineRule.REJECT_PAUSE.minusMillis(1));
    assertEquals(List.of(), rig.read());
    rig.passTime(Duration.ofMillis(1));
    assertEquals(List.of(reject(6, 1)), rig.read());
    arrive(7);
    assertEquals(List.of(rig.block(7, 0, PART)), rig.read());
  }

  @Test
  void peerThatAsksAgainForWhatWasRejectedDoesNotLoop() {
    rig = SessionRig.serving(true);
    int rejects = 0;
    rig.send(request(6, 0), request(6, 1));
    for (int second = 0; second < 60; second++) {
      rig.passTime(Duration.ofSeconds(1));
      for (WireMessage sent : rig.read()) {
        WireMessage.RejectRequest m = (WireMessage.RejectRequest) sent;
        rejects++;
        rig.send(new WireMessage.Request(m.piece(), m.begin(), m.lengthBytes()));
      }
    }
    assertTrue(rejects >= 4 && rejects <= 12, rejects + " rejects in a minute");
  }

  @Test
  void peerWithoutFastExtensionIsHeldAndThenClosedAndNeverChoked() {
    rig = SessionRig.serving(false);
    rig.send(request(6, 0));
    rig.passTime(DeadlineRule.HOLD.minusMillis(1));
    assertEquals(List.of(), rig.read());
    rig.assertOpen();
    rig.passTime(Duration.ofMillis(1));
    rig.assertClosed(CloseReason.PIECE_UNAVAILABLE);
    assertEquals(List.of(), rig.read());
  }

  @Test
  void requestIsNotLateByThePeersOwnSlowness() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    rig.send(request(6, 0));
    rig.stick();
    rig.passTime(Duration.ofSeconds(60));
    rig.unstick();
    rig.read();
    rig.passTime(DeadlineRule.DEADLINE.minusMillis(1));
    assertEquals(List.of(), rig.read());
    rig.passTime(DeadlineWatch.TICK);
    assertEquals(List.of(dontHave(6), reject(6, 0)), rig.read());
  }

  @Test
  void slowSourceWithinTheDeadlineLosesNothing() {
    rig = SessionRig.serving(Map.of("lt_donthave", DONT_HAVE));
    List<WireMessage> expected = new ArrayList<>();
    for (int piece = 0; piece < SessionRig.PIECES - 1; piece++) {
      rig.send(request(piece, 0));
      expected.add(rig.block(piece, 0, PART));
    }
    List<WireMessage> answers = new ArrayList<>();
    for (int second = 1; second <= 10; second++) {
      rig.passTime(Duration.ofMillis(990));
      if (second % 5 == 0) {
        IntStream.range(0, SessionRig.PIECES).filter(rig.pieces::isReading).forEach(this::arrive);
      }
      answers.addAll(rig.read());
    }
    assertEquals(expected, answers);
  }

  @Test
  void piecesHereAreSuggestedWhileNotEverythingIsStored() {
    rig.pieces.heat(4);
    rig.pieces.stored.set(8);
    List<WireMessage> sent = interested(true);
    assertEquals(new WireMessage.Unchoke(), sent.get(0));
    assertEquals(3, sent.size());
    assertTrue(sent.contains(new WireMessage.SuggestPiece(4)));
    assertTrue(sent.contains(new WireMessage.SuggestPiece(8)));
  }

  @Test
  void nothingIsSuggestedWhereItSparesNoFillOrIsNotUnderstood() {
    rig.pieces.heat(4);
    rig.pieces.stored.set(0, SessionRig.PIECES);
    assertEquals(List.of(new WireMessage.Unchoke()), interested(true));
    rig.close();
    rig = new SessionRig();
    rig.pieces.heat(4);
    assertEquals(List.of(new WireMessage.Unchoke()), interested(false));
  }

  @Test
  void pieceThatIsNotClaimedIsNotSuggested() {
    rig.pieces.heat(4);
    rig.pieces.healthy = false;
    assertEquals(List.of(new WireMessage.Unchoke()), interested(true));
  }

  @Test
  void pieceThatThePeerHasIsNotSuggested() {
    rig.pieces.heat(4, 5);
    rig.handshake(true, false);
    rig.send(new WireMessage.Have(4));
    rig.readHandshake();
    rig.read();
    rig.send(new WireMessage.Interested());
    assertEquals(List.of(new WireMessage.Unchoke(), new WireMessage.SuggestPiece(5)), rig.read());
  }

  @Test
  void pieceReadAheadIsSuggestedWhenItHasCome() {
    rig = serving(true);
    rig.send(request(6, 0));
    assertTrue(rig.pieces.prefetches.contains(7));
    rig.passTime(ReadAhead.LOOK_EVERY);
    assertEquals(List.of(), rig.read());
    rig.pieces.heat(7);
    rig.passTime(ReadAhead.LOOK_EVERY);
    assertEquals(List.of(new WireMessage.SuggestPiece(7)), rig.read());
    rig.passTime(ReadAhead.LOOK_EVERY);
    assertEquals(List.of(), rig.read());
  }

  @Test
  void pieceReadAheadThatThePeerAskedForOrGotMeanwhileIsNotSuggested() {
    rig = serving(true);
    rig.send(request(6, 0));
    rig.send(request(7, 1), new WireMessage.Have(8));
    rig.pieces.heat(7, 8);
    rig.passTime(ReadAhead.LOOK_EVERY);
    assertEquals(List.of(), rig.read());
  }

  @Test
  void pieceThatWasHereAllAlongIsNotSuggestedAgainAndAgain() {
    rig = serving(true);
    rig.pieces.stored.set(7);
    rig.send(request(6, 0));
    rig.passTime(ReadAhead.LOOK_EVERY);
    assertEquals(List.of(), rig.read());
  }

  private SessionRig serving(boolean fast) {
    rig.close();
    return SessionRig.serving(fast);
  }

  private List<WireMessage> interested(boolean fast) {
    rig.handshake(fast, false);
    rig.readHandshake();
    rig.read();
    rig.send(new WireMessage.Interested());
    return rig.read();
  }

  /** A peer that came while the source was down and these pieces were stored. */
  private SessionRig honest(Map<String, Integer> extensions, int... stored) {
    rig.close();
    return SessionRig.honest(extensions, stored);
  }

  private void passBySeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      rig.passTime(Duration.ofSeconds(1));
    }
  }

  private void arrive(int piece) {
    rig.pieces.arrive(piece);
    rig.channel.runPendingTasks();
  }

  private void fail(int piece) {
    rig.pieces.fail(piece);
    rig.channel.runPendingTasks();
  }

  private double greetings(String claim) {
    return rig.registry.get("weir.peer.greetings").tag("claim", claim).counter().count();
  }

  private static ExtendedHandshake offer(List<WireMessage> sent) throws WireException {
    return ExtendedHandshake.decode(((WireMessage.Extended) sent.get(0)).payload());
  }

  private static BitSet bitfield(WireMessage message) throws WireException {
    return ((WireMessage.Bitfield) message).toBitSet(SessionRig.PIECES);
  }

  private static List<WireMessage> haves(int from, int to) {
    return IntStream.range(from, to).<WireMessage>mapToObj(WireMessage.Have::new).toList();
  }

  private static WireMessage request(int piece, int part) {
    return new WireMessage.Request(piece, part * PART, PART);
  }

  private static WireMessage reject(int piece, int part) {
    return new WireMessage.RejectRequest(piece, part * PART, PART);
  }

  private static WireMessage dontHave(int piece) {
    return new WireMessage.Extended(DONT_HAVE, ByteBuffer.allocate(4).putInt(0, piece));
  }
}
