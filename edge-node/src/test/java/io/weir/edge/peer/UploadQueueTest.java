package io.weir.edge.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.WriteBufferWaterMark;
import io.weir.edge.fixture.TestContent;
import io.weir.protocol.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests to blocks, through a whole session. */
final class UploadQueueTest {
  private static final int PART = 2048;
  private static final int PARTS = 8;

  private SessionRig rig = SessionRig.serving(true);

  @AfterEach
  void nothingLeaks() {
    rig.close();
  }

  @Test
  void hotBlockIsSentAtOnce() {
    rig.pieces.heat(3);
    rig.send(request(3, 1));
    assertEquals(List.of(block(3, 1)), rig.read());
    assertEquals(List.of(), rig.pieces.reads);
    assertEquals(PART, rig.metrics.uploadedBytes.sum());
    assertEquals(1, rig.metrics.blocks.sum());
  }

  @Test
  void shortLastPieceIsSent() {
    int last = SessionRig.PIECES - 1;
    int lengthBytes = rig.film.piece(last).length;
    rig.pieces.heat(last);
    rig.send(new WireMessage.Request(last, 0, lengthBytes));
    assertEquals(List.of(rig.block(last, 0, lengthBytes)), rig.read());
  }

  @Test
  void pipelineOfRequestsIsAnsweredWithOneFlush() {
    rig.pieces.heat(IntStream.range(0, 8).toArray());
    rig.send(requests(0, 8).toArray(WireMessage[]::new));
    assertEquals(1, rig.socket.flushes);
    assertEquals(blocks(0, 8), rig.read());
  }

  @Test
  void manyBlocksOfAColdPieceAreOneRead() {
    rig.send(requests(5, 6).toArray(WireMessage[]::new));
    rig.send(request(5, 0));
    assertEquals(List.of(5), rig.pieces.reads);
    assertEquals(List.of(), rig.read());
    arrive(5);
    assertEquals(blocks(5, 6), rig.read());
    assertEquals(1, rig.socket.flushes - 2, "one flush for each of two reads, one for the piece");
  }

  @Test
  void hotBlocksOvertakeColdOnes() {
    rig.pieces.heat(2);
    rig.send(request(1, 0), request(2, 0));
    assertEquals(List.of(block(2, 0)), rig.read());
    arrive(1);
    assertEquals(List.of(block(1, 0)), rig.read());
  }

  @Test
  void firstBlockOfAPieceStartsTheNextPiecesFills() {
    rig.pieces.heat(3, 5);
    rig.pieces.stored.set(6);
    rig.send(request(3, 0), request(3, 1), request(12, 1), request(SessionRig.PIECES - 2, 0));
    assertEquals(List.of(4, 7, SessionRig.PIECES - 1), rig.pieces.prefetches);
  }

  @Test
  void nothingIsReadAheadOfAPeerThatHasEnoughToWaitFor() {
    rig.close();
    rig = SessionRig.serving(true, 100);
    for (int piece = 0; piece < rig.pieceCount; piece += 5) {
      rig.send(request(piece, 0));
    }
    assertEquals(
        List.of(1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14),
        rig.pieces.prefetches,
        "with the fourth piece asked for it has sixteen to come");
    assertEquals(PartReads.MAX_FILLS, rig.pieces.reads.size());
  }

  @Test
  void peerThatAsksForPieceUponPieceStartsNoMoreFillsThanItsBound() {
    for (int piece = 0; piece < SessionRig.PIECES; piece++) {
      rig.send(request(piece, 0));
    }
    Set<Integer> asked = new HashSet<>(rig.pieces.reads);
    asked.addAll(rig.pieces.prefetches);
    assertEquals(PartReads.MAX_FILLS, asked.size());
  }

  @Test
  void fillsForOnePeerAreBounded() {
    for (int piece = 0; piece < SessionRig.PIECES; piece++) {
      rig.send(request(piece, 0));
    }
    assertEquals(PartReads.MAX_FILLS, rig.pieces.reads.size());
    arrive(0);
    assertEquals(PartReads.MAX_FILLS + 1, rig.pieces.reads.size());
    for (int piece = 1; piece < SessionRig.PIECES; piece++) {
      arrive(piece);
    }
    assertEquals(SessionRig.PIECES, rig.read().size());
  }

  @Test
  void storedPieceDoesNotWaitBehindFills() {
    int last = SessionRig.PIECES - 1;
    rig.pieces.stored.set(last);
    for (int piece = 0; piece < SessionRig.PIECES; piece++) {
      rig.send(request(piece, 0));
    }
    assertEquals(PartReads.MAX_FILLS + 1, rig.pieces.reads.size());
    arrive(last);
    assertEquals(List.of(block(last, 0)), rig.read());
  }

  @Test
  void readsOfStoredPiecesAreBoundedToo() {
    rig.close();
    rig = SessionRig.serving(true, PartReads.MAX_READS + 5);
    rig.pieces.stored.set(0, rig.pieceCount);
    for (int piece = 0; piece < rig.pieceCount; piece++) {
      rig.send(request(piece, 0));
    }
    assertEquals(PartReads.MAX_READS, rig.pieces.reads.size());
  }

  @Test
  void hotBlockDoesNotWaitBehindFillsWhoseTurnHasNotCome() {
    int last = SessionRig.PIECES - 1;
    rig.pieces.heat(last);
    for (int piece = 0; piece < SessionRig.PIECES; piece++) {
      rig.send(request(piece, 0));
    }
    assertEquals(List.of(block(last, 0)), rig.read());
  }

  @Test
  void cancelledPieceWhoseTurnHasNotComeIsNotRead() {
    for (int piece = 0; piece < SessionRig.PIECES; piece++) {
      rig.send(request(piece, 0));
    }
    rig.send(new WireMessage.Cancel(PartReads.MAX_FILLS, 0, PART));
    arrive(0);
    assertFalse(rig.pieces.reads.contains(PartReads.MAX_FILLS));
    assertTrue(rig.pieces.reads.contains(PartReads.MAX_FILLS + 1));
  }

  @Test
  void requestsBeyondWhatWasOfferedAreRejected() {
    List<WireMessage> asked = requests(0, 14);
    rig.send(asked.toArray(WireMessage[]::new));
    assertEquals(
        asked.subList(SessionRig.LIMIT, asked.size()).stream()
            .map(UploadQueueTest::rejectOf)
            .toList(),
        rig.read());
    rig.assertOpen();
  }

  @Test
  void floodFromAPeerWithoutFastExtensionEndsItsSession() {
    rig.close();
    rig = SessionRig.serving(false);
    rig.send(requests(0, 14).toArray(WireMessage[]::new));
    rig.assertClosed(CloseReason.REQUEST_FLOOD);
  }

  @Test
  void cancelledRequestIsRejectedAndNotSent() {
    rig.send(request(4, 0), request(4, 1));
    rig.send(new WireMessage.Cancel(4, 0, PART));
    assertEquals(List.of(new WireMessage.RejectRequest(4, 0, PART)), rig.read());
    arrive(4);
    assertEquals(List.of(block(4, 1)), rig.read());
  }

  @Test
  void cancelInTheSameReadSparesTheBlock() {
    rig.pieces.heat(4);
    rig.send(request(4, 0), new WireMessage.Cancel(4, 0, PART));
    assertEquals(List.of(new WireMessage.RejectRequest(4, 0, PART)), rig.read());
  }

  @Test
  void cancelOfWhatWasNeverAskedIsIgnored() {
    rig.send(new WireMessage.Cancel(4, 0, PART), new WireMessage.Cancel(999_999, 0, PART));
    assertEquals(List.of(), rig.read());
    rig.assertOpen();
  }

  @Test
  void cancelWithoutFastExtensionIsSilent() {
    rig.close();
    rig = SessionRig.serving(false);
    rig.send(request(4, 0));
    rig.send(new WireMessage.Cancel(4, 0, PART));
    arrive(4);
    assertEquals(List.of(), rig.read());
    rig.assertOpen();
  }

  @Test
  void unavailablePieceIsAskedForAgainAndSentOnceItIsThere() {
    rig.send(request(6, 0));
    for (int i = 0; i < 3; i++) {
      fail(6);
      assertEquals(List.of(), rig.read());
      rig.passTime(Duration.ofSeconds(PartReads.RETRY_SECONDS));
    }
    assertEquals(List.of(6, 6, 6, 6), rig.pieces.reads);
    arrive(6);
    assertEquals(List.of(block(6, 0)), rig.read());
  }

  @Test
  void pieceThatNobodyWaitsForAnyMoreIsNotAskedForAgain() {
    rig.send(request(6, 0));
    fail(6);
    rig.send(new WireMessage.Cancel(6, 0, PART));
    rig.passTime(Duration.ofSeconds(PartReads.RETRY_SECONDS));
    assertEquals(List.of(6), rig.pieces.reads);
  }

  @Test
  void pieceThatArrivesAfterTheEndIsReleased() {
    rig.send(request(6, 0));
    var unused = rig.channel.close();
    arrive(6);
    rig.assertClosed(CloseReason.PEER_CLOSED);
  }

  @Test
  void slowPeerHoldsNoMoreThanTheWatermarkAndIsNotReadFrom() {
    rig.pieces.heat(0);
    rig.socket.stuck = true;
    rig.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(4 * PART, 6 * PART));
    rig.send(requests(0, 1).toArray(WireMessage[]::new));
    assertFalse(rig.channel.config().isAutoRead());
    long queued = rig.channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    assertTrue(queued <= 7 * (PART + 300), "queued " + queued);
    rig.unstick();
    assertTrue(rig.channel.config().isAutoRead());
    assertEquals(blocks(0, 1), rig.read());
  }

  @Test
  void slowPeerKeepsOnlySoManyPartsInMemory() {
    rig.close();
    int asked = BlockWriter.MAX_PARTS + 4;
    rig = SessionRig.serving(true, asked);
    rig.pieces.heat(IntStream.range(0, asked).toArray());
    rig.socket.stuck = true;
    for (int piece = 0; piece < asked; piece++) {
      rig.send(request(piece, 0));
    }
    assertEquals((long) BlockWriter.MAX_PARTS * TestContent.PIECE_BYTES, rig.budget.keptBytes());
    rig.unstick();
    assertEquals(asked, rig.read().size());
    assertEquals(asked, rig.metrics.blocks.sum());
    assertEquals(0, rig.budget.keptBytes());
  }

  @Test
  void slowPeerKeepsNoMoreUnsentThanATurn() {
    rig.pieces.heat(0);
    rig.socket.stuck = true;
    int asked = 2 * BlockWriter.TURN_BYTES / TestContent.PIECE_BYTES;
    rig.send(
        IntStream.range(0, asked)
            .mapToObj(i -> new WireMessage.Request(0, i, TestContent.PIECE_BYTES - i))
            .toArray(WireMessage[]::new));
    long unsent = rig.channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    assertTrue(unsent >= BlockWriter.TURN_BYTES, "unsent " + unsent);
    assertTrue(unsent < BlockWriter.TURN_BYTES + 2 * TestContent.PIECE_BYTES, "unsent " + unsent);
    rig.unstick();
    assertEquals(asked, rig.read().size());
  }

  @Test
  void aboveTheMemoryBudgetAPeerKeepsOneBlockAndIsServedAllTheSame() {
    rig.pieces.heat(0, 1, 2);
    rig.budget.keep(SessionRig.BUDGET_BYTES);
    rig.socket.stuck = true;
    rig.send(requests(0, 3).toArray(WireMessage[]::new));
    assertEquals(SessionRig.BUDGET_BYTES + PART, rig.budget.keptBytes());
    long unsent = rig.channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    assertTrue(unsent < 2 * PART, "unsent " + unsent);
    rig.unstick();
    assertEquals(blocks(0, 3), rig.read());
    assertEquals(SessionRig.BUDGET_BYTES, rig.budget.keptBytes());
  }

  @Test
  void memoryOfAPeerThatLeavesWithoutTakingItsBlocksIsGivenBack() {
    rig.pieces.heat(0, 1);
    rig.socket.stuck = true;
    rig.send(requests(0, 2).toArray(WireMessage[]::new));
    assertEquals(2 * TestContent.PIECE_BYTES, rig.budget.keptBytes());
    var unused = rig.channel.close();
    rig.channel.runPendingTasks();
    assertEquals(0, rig.budget.keptBytes());
    assertEquals(0, rig.metrics.blocks.sum());
  }

  @Test
  void requestIsNotLateWhileThePeerDoesNotTakeWhatItWasSentBefore() {
    rig.pieces.heat(IntStream.range(0, 12).toArray());
    rig.socket.stuck = true;
    for (int piece = 0; piece < 12; piece++) {
      rig.send(request(piece, 0));
    }
    assertTrue(rig.channel.isWritable(), "by its watermarks it could take more");
    rig.passTime(DeadlineRule.DEADLINE.multipliedBy(3));
    rig.unstick();
    assertEquals(IntStream.range(0, 12).mapToObj(piece -> block(piece, 0)).toList(), rig.read());
  }

  @Test
  void pieceThatArrivesWhileNothingCanLeaveIsAskedForAgain() {
    rig.send(requests(0, 1).toArray(WireMessage[]::new));
    rig.socket.stuck = true;
    rig.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(PART, 2 * PART));
    arrive(0);
    rig.pieces.heat(0);
    rig.unstick();
    assertEquals(blocks(0, 1), rig.read());
  }

  @Test
  void everyRequestIsAnsweredExactlyOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<WireMessage> asked = requests(0, 12);
    Collections.shuffle(asked, random);
    List<WireMessage> answers = new ArrayList<>();
    for (WireMessage request : asked) {
      rig.send(request);
      int piece = random.nextInt(12);
      if (random.nextInt(4) == 0 && rig.pieces.reads.contains(piece)) {
        rig.pieces.heat(piece);
      }
      if (random.nextInt(6) == 0 && request instanceof WireMessage.Request r) {
        rig.send(new WireMessage.Cancel(r.piece(), r.begin(), r.lengthBytes()));
      }
      rig.socket.stuck = random.nextInt(3) == 0;
      if (!rig.socket.stuck) {
        rig.unstick();
      }
      rig.pieces.arriveAny(random);
      rig.channel.runPendingTasks();
      answers.addAll(rig.read());
    }
    rig.unstick();
    while (rig.pieces.arriveAny(random)) {
      rig.channel.runPendingTasks();
    }
    answers.addAll(rig.read());
    assertEquals(asked.size(), answers.size(), "seed " + seed);
    assertEquals(
        asked.stream().map(UploadQueueTest::blockOf).sorted().toList(),
        answers.stream().map(UploadQueueTest::blockOf).sorted().toList(),
        "seed " + seed);
  }

  private void arrive(int piece) {
    rig.pieces.arrive(piece);
    rig.channel.runPendingTasks();
  }

  private void fail(int piece) {
    rig.pieces.fail(piece);
    rig.channel.runPendingTasks();
  }

  private static WireMessage request(int piece, int part) {
    return new WireMessage.Request(piece, part * PART, PART);
  }

  private WireMessage block(int piece, int part) {
    return rig.block(piece, part * PART, PART);
  }

  private static List<WireMessage> requests(int fromPiece, int toPiece) {
    List<WireMessage> all = new ArrayList<>();
    for (int piece = fromPiece; piece < toPiece; piece++) {
      for (int part = 0; part < PARTS; part++) {
        all.add(request(piece, part));
      }
    }
    return all;
  }

  private List<WireMessage> blocks(int fromPiece, int toPiece) {
    List<WireMessage> all = new ArrayList<>();
    for (int piece = fromPiece; piece < toPiece; piece++) {
      for (int part = 0; part < PARTS; part++) {
        all.add(block(piece, part));
      }
    }
    return all;
  }

  private static WireMessage rejectOf(WireMessage message) {
    WireMessage.Request request = (WireMessage.Request) message;
    return new WireMessage.RejectRequest(request.piece(), request.begin(), request.lengthBytes());
  }

  private static String blockOf(WireMessage message) {
    if (message instanceof WireMessage.Request m) {
      return String.format("%04d/%d", m.piece(), m.begin());
    }
    if (message instanceof WireMessage.RejectRequest m) {
      return String.format("%04d/%d", m.piece(), m.begin());
    }
    WireMessage.Piece m = (WireMessage.Piece) message;
    return String.format("%04d/%d", m.piece(), m.begin());
  }
}
