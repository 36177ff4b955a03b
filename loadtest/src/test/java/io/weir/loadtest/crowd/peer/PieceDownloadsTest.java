package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.crowd.peer.PieceDownloads.BlockOutcome;
import io.weir.protocol.wire.WireCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PieceDownloadsTest {
  private static final int BLOCK = WireCodec.BLOCK_BYTES;
  private static final int PIECE = 4 * BLOCK;
  private static final int NAME_BYTES = 2 * Integer.BYTES;
  private static final long OVERDUE = PieceDownloads.OVERDUE.toNanos();

  @Test
  void aRemoteIsAskedForWholePiecesUpToItsPipeline() {
    PieceDownloads downloads = downloads(20, 20);
    Remote edge = remote(true, 20);

    List<BlockRequest> requests = downloads.ask(edge, 0);

    assertEquals(Remote.EDGE_PIPELINE, requests.size());
    assertEquals(4, requests.stream().map(BlockRequest::piece).distinct().count());
    assertEquals(List.of(), downloads.ask(edge, 0));
  }

  @Test
  void noMorePiecesAreOpenThanAllowed() {
    PieceDownloads downloads = downloads(20, 2);

    Set<Integer> pieces = new HashSet<>();
    downloads.ask(remote(false, 20), 0).forEach(request -> pieces.add(request.piece()));
    downloads.ask(remote(false, 20), 0).forEach(request -> pieces.add(request.piece()));

    assertEquals(2, pieces.size());
  }

  @Test
  void aPieceThatIsBeingVerifiedStillCountsAsOpen() {
    PieceDownloads downloads = downloads(20, 1);
    Remote remote = remote(false, 20);
    OpenPiece whole = null;
    for (BlockRequest request : downloads.ask(remote, 0)) {
      if (answer(downloads, remote, request) instanceof BlockOutcome.Completed completed) {
        whole = completed.piece();
      }
    }

    assertEquals(List.of(), downloads.ask(remote, 0));
    downloads.onVerified(whole);
    assertEquals(4, downloads.ask(remote, 0).size());
  }

  @Test
  void blocksOfARemoteThatLeftAreAskedOfAnother() {
    PieceDownloads downloads = downloads(1, 8);
    Remote gone = remote(false, 1);
    List<BlockRequest> lost = downloads.ask(gone, 0);
    downloads.onGone(gone);

    assertEquals(lost, downloads.ask(remote(false, 1), 0));
  }

  @Test
  void aRefusedBlockIsAskedAgain() {
    PieceDownloads downloads = downloads(1, 8);
    Remote remote = remote(false, 1);
    BlockRequest refused = downloads.ask(remote, 0).get(1);
    downloads.onReject(remote, refused, 0);

    assertEquals(List.of(refused), downloads.ask(remote(true, 1), 0));
  }

  @Test
  void inTheEndGameAnOverdueBlockIsAskedOfOneMore() {
    PieceDownloads downloads = downloads(1, 8);
    List<BlockRequest> owed = downloads.ask(remote(false, 1), 0);

    assertEquals(List.of(), downloads.ask(remote(false, 1), OVERDUE));
    assertEquals(owed, downloads.ask(remote(false, 1), OVERDUE + 1));
    assertEquals(List.of(), downloads.ask(remote(false, 1), 3 * OVERDUE));
  }

  @Test
  void aBlockThatCameTwiceIsWastedOnce() {
    PieceDownloads downloads = downloads(1, 8);
    Remote slow = remote(false, 1);
    Remote fast = remote(false, 1);
    BlockRequest block = downloads.ask(slow, 0).get(0);
    downloads.ask(fast, OVERDUE + 1);

    assertInstanceOf(BlockOutcome.Stored.class, answer(downloads, fast, block));
    assertInstanceOf(BlockOutcome.Wasted.class, answer(downloads, slow, block));
  }

  @Test
  void aBlockNobodyAskedForIsWasted() {
    PieceDownloads downloads = downloads(1, 8);
    Remote remote = remote(false, 1);
    downloads.ask(remote, 0);

    for (BlockRequest unasked :
        List.of(
            new BlockRequest(0, 0, BLOCK - 1),
            new BlockRequest(0, 1, BLOCK),
            new BlockRequest(-1, Integer.MIN_VALUE, 0),
            new BlockRequest(7, 0, BLOCK))) {
      assertInstanceOf(
          BlockOutcome.Wasted.class,
          downloads.onBlock(remote, unasked, ByteBuffer.allocate(unasked.lengthBytes()), 0));
    }
  }

  @Test
  void theBufferOfAShorterPieceServesALongerOneNext() {
    PieceDownloads downloads =
        new PieceDownloads(
            new PiecePicker(2, new Random(1)), piece -> piece == 0 ? BLOCK + 1 : PIECE, PIECE, 1);
    Remote remote = new Remote(false, 0);
    for (int piece = 0; piece < 2; piece++) {
      remote.has().set(piece);
      BlockOutcome last = new BlockOutcome.Wasted();
      for (BlockRequest request : downloads.ask(remote, 0)) {
        last = answer(downloads, remote, request);
      }
      OpenPiece whole = assertInstanceOf(BlockOutcome.Completed.class, last).piece();
      assertEquals(piece == 0 ? BLOCK + 1 : PIECE, whole.data().remaining());
      downloads.onVerified(whole);
    }
  }

  @Test
  void aCorruptPieceIsPickedAgainAndItsSourcesAreNamed() {
    PieceDownloads downloads = downloads(1, 8);
    Remote first = remote(false, 1);
    Remote second = remote(false, 1);
    List<BlockRequest> blocks = downloads.ask(first, 0);
    answer(downloads, first, blocks.get(0));
    downloads.onGone(first);
    BlockOutcome last = new BlockOutcome.Wasted();
    for (BlockRequest block : downloads.ask(second, 0)) {
      last = answer(downloads, second, block);
    }
    OpenPiece whole = assertInstanceOf(BlockOutcome.Completed.class, last).piece();

    assertEquals(Set.of(first, second), downloads.onCorrupt(whole));
    assertEquals(blocks, downloads.ask(remote(false, 1), 0));
  }

  /** Remotes answer, refuse, choke and leave at random; all pieces must come whole and right. */
  @Test
  void everyPieceArrivesWhateverTheRemotesDo() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int pieces = 40;
    PieceDownloads downloads = downloads(pieces, 6);
    Set<Integer> complete = new HashSet<>();
    List<Remote> remotes = new ArrayList<>(List.of(remote(true, pieces), remote(false, pieces)));
    long now = 0;
    while (complete.size() < pieces) {
      now += OVERDUE / 4;
      Remote remote = remotes.get(random.nextInt(remotes.size()));
      downloads.ask(remote, now);
      int fate = random.nextInt(10);
      if (fate == 0) {
        downloads.onGone(remote);
        remotes.set(remotes.indexOf(remote), remote(random.nextBoolean(), pieces));
      } else if (!remote.pipeline().isEmpty()) {
        for (BlockRequest block : outstanding(remote, random, now)) {
          if (fate == 1) {
            downloads.onReject(remote, block, now);
          } else if (answer(downloads, remote, block) instanceof BlockOutcome.Completed completed) {
            assertRight(completed.piece(), seed);
            assertTrue(complete.add(completed.piece().piece()), "seed " + seed);
            downloads.onVerified(completed.piece());
          }
        }
      }
      assertTrue(now < 100_000 * OVERDUE, "seed " + seed);
    }
  }

  private static List<BlockRequest> outstanding(Remote remote, Random random, long now) {
    List<BlockRequest> all = remote.pipeline().drain();
    all.forEach(block -> remote.pipeline().add(block, now));
    return all.subList(0, random.nextInt(all.size() + 1));
  }

  private static void assertRight(OpenPiece piece, long seed) {
    ByteBuffer data = piece.data();
    for (int begin = 0; begin < PIECE; begin += BLOCK) {
      assertEquals(piece.piece(), data.getInt(begin), "seed " + seed);
      assertEquals(begin, data.getInt(begin + Integer.BYTES), "seed " + seed);
    }
  }

  /** Every block begins with its own name. */
  private static BlockOutcome answer(PieceDownloads downloads, Remote from, BlockRequest request) {
    ByteBuffer block = ByteBuffer.allocate(Math.max(NAME_BYTES, request.lengthBytes()));
    block.putInt(0, request.piece()).putInt(Integer.BYTES, request.begin());
    block.limit(request.lengthBytes());
    return downloads.onBlock(from, request, block, 0);
  }

  private static PieceDownloads downloads(int pieces, int maxOpen) {
    return new PieceDownloads(
        new PiecePicker(pieces, new Random(1)), piece -> PIECE, PIECE, maxOpen);
  }

  private static Remote remote(boolean edge, int pieces) {
    Remote remote = new Remote(edge, 0);
    remote.has().set(0, pieces);
    return remote;
  }
}
