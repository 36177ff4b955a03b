package io.weir.loadtest.rig.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.metainfo.InfoHash;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockPickerTest {
  private static final int BLOCK = 16 << 10;

  /** Two blocks a piece; the last piece has one, of 5 bytes. */
  private static final SeededContent CONTENT =
      new SeededContent(InfoHash.of(new byte[20]), 4 * BLOCK + 5, 2 * BLOCK);

  @Test
  void piecesAreAskedForBlockByBlock() {
    Iterator<Long> pieces = List.of(1L, 2L, 0L).iterator();
    BlockPicker picker = new BlockPicker(CONTENT, pieces::next);
    assertEquals(
        List.of(2L, 3L, 4L, 0L, 1L),
        List.of(picker.next(), picker.next(), picker.next(), picker.next(), picker.next()));
  }

  @Test
  void blocksAreWhereTheirNumbersSay() {
    assertEquals(3, CONTENT.pieces());
    assertEquals(5, CONTENT.blocks());
    assertEquals(1, CONTENT.pieceOf(3));
    assertEquals(BLOCK, CONTENT.beginOf(3));
    assertEquals(BLOCK, CONTENT.lengthOf(3));
    assertEquals(5, CONTENT.lengthOf(4));
    assertEquals(3, CONTENT.block(1, BLOCK));
    assertEquals(-1, CONTENT.block(1, BLOCK + 1));
    assertEquals(-1, CONTENT.block(1, 2 * BLOCK));
  }

  @Test
  void outstandingRequestsKeepTheirTimesInAnyOrderOfAnswers() {
    Outstanding outstanding = new Outstanding(3);
    outstanding.add(10, 100);
    outstanding.add(11, 101);
    outstanding.add(12, 102);
    assertEquals(true, outstanding.isFull());
    assertEquals(101, outstanding.remove(outstanding.find(11)));
    assertEquals(Outstanding.NONE, outstanding.find(11));
    assertEquals(100, outstanding.remove(outstanding.find(10)));
    assertEquals(102, outstanding.remove(outstanding.find(12)));
    assertEquals(0, outstanding.size());
  }

  @Test
  void pieceLengthThatIsNoMultipleOfABlockIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SeededContent(InfoHash.of(new byte[20]), BLOCK, BLOCK - 1));
  }
}
