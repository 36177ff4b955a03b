package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

  @Test
  void framesAreTheSameHoweverTheBytesAreSplit() throws WireException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<ByteBuffer> sent = new ArrayList<>();
      ByteBuf bytes = handshake();
      for (int i = 0; i < 20; i++) {
        byte[] frame =
            new byte[random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(20_000)];
        random.nextBytes(frame);
        sent.add(ByteBuffer.wrap(frame));
        bytes.writeInt(frame.length).writeBytes(frame);
      }
      Recorder recorder = new Recorder();
      try (FrameReader reader = new FrameReader(ALLOCATOR, recorder)) {
        while (bytes.isReadable()) {
          int most = random.nextBoolean() ? 6 : 50_000;
          reader.read(bytes.readSlice(Math.min(bytes.readableBytes(), 1 + random.nextInt(most))));
        }
      } finally {
        bytes.release();
      }
      assertEquals(1, recorder.handshakes, "seed " + seed);
      assertEquals(sent, recorder.frames, "seed " + seed);
    }
  }

  @Test
  void aFrameLongerThanAllowedIsRefusedBeforeItIsHeld() throws WireException {
    try (FrameReader reader = new FrameReader(ALLOCATOR, new Recorder())) {
      reader.read(handshake());
      reader.read(Unpooled.buffer().writeInt(WireCodec.MAX_FRAME_BYTES));

      try (FrameReader fresh = new FrameReader(ALLOCATOR, new Recorder())) {
        fresh.read(handshake());
        for (int length : new int[] {WireCodec.MAX_FRAME_BYTES + 1, -1, Integer.MIN_VALUE}) {
          assertThrows(WireException.class, () -> fresh.read(Unpooled.buffer().writeInt(length)));
        }
      }
    }
  }

  @Test
  void aClosedReaderHandsOnNothingMore() throws WireException {
    Recorder recorder = new Recorder();
    FrameReader reader = new FrameReader(ALLOCATOR, recorder);
    reader.read(handshake());
    reader.close();
    reader.read(Unpooled.buffer().writeInt(0));

    assertEquals(List.of(), recorder.frames);
  }

  private static ByteBuf handshake() {
    ByteBuffer bytes = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    new Handshake(InfoHash.of(new byte[20]), new byte[20], true, false).encode(bytes);
    return Unpooled.buffer().writeBytes(bytes.flip());
  }

  private static final class Recorder implements FrameReader.Sink {
    private final List<ByteBuffer> frames = new ArrayList<>();
    private int handshakes;

    @Override
    public void onHandshake(Handshake handshake) {
      handshakes++;
    }

    @Override
    public void onFrame(ByteBuffer frame) {
      byte[] copy = new byte[frame.remaining()];
      frame.get(copy);
      frames.add(ByteBuffer.wrap(copy));
    }
  }
}
