package io.weir.loadtest.rig.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeedStreamTest {
  private static final Handshake HANDSHAKE =
      new Handshake(InfoHash.of(new byte[20]), new byte[20], true, false);

  /** Writes down what it is told, the bytes of a block together. */
  private static final class Notes implements SeedStream.Receiver {
    final List<String> told = new ArrayList<>();
    private final StringBuilder bytes = new StringBuilder();

    @Override
    public void onHandshake(Handshake handshake) {
      told.add(handshake.infoHash().toHex());
    }

    @Override
    public void onMessage(WireMessage message) {
      told.add(message.toString());
    }

    @Override
    public void onBlock(int piece, int begin, int lengthBytes) {
      told.add("block " + piece + " " + begin + " " + lengthBytes);
    }

    @Override
    public void onBytes(ByteBuf part) {
      bytes.append(ByteBufUtil.hexDump(part));
    }

    @Override
    public void onBlockEnd() {
      told.add("end " + bytes);
      bytes.setLength(0);
    }
  }

  @Test
  void messagesComeOutHoweverReadsCutThem() throws Exception {
    byte[] stream =
        stream(
            new WireMessage.HaveAll(),
            new WireMessage.KeepAlive(),
            new WireMessage.Unchoke(),
            new WireMessage.Piece(7, 16384, ByteBuffer.wrap(new byte[] {1, 2, 3})),
            new WireMessage.Piece(8, 0, ByteBuffer.wrap(new byte[] {4})),
            new WireMessage.RejectRequest(1, 2, 3),
            new WireMessage.Choke());
    List<String> whole =
        List.of(
            HANDSHAKE.infoHash().toHex(),
            new WireMessage.HaveAll().toString(),
            new WireMessage.KeepAlive().toString(),
            new WireMessage.Unchoke().toString(),
            "block 7 16384 3",
            "end 010203",
            "block 8 0 1",
            "end 04",
            new WireMessage.RejectRequest(1, 2, 3).toString(),
            new WireMessage.Choke().toString());
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Notes notes = new Notes();
      SeedStream reader = new SeedStream(notes, true);
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(1 + random.nextInt(round + 1), stream.length - at);
        reader.read(Unpooled.wrappedBuffer(stream, at, length));
        at += length;
      }
      assertEquals(whole, notes.told, "seed " + seed);
    }
  }

  @Test
  void messageWithoutEndIsRefused() throws Exception {
    SeedStream reader = new SeedStream(new Notes(), false);
    reader.read(Unpooled.wrappedBuffer(stream()));
    WireException e =
        assertThrows(
            WireException.class,
            () -> reader.read(Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1})));
    assertTrue(e.getMessage().contains("4294967295"), e.getMessage());
  }

  private static byte[] stream(WireMessage... messages) {
    ByteBuffer out = ByteBuffer.allocate(1 << 10);
    HANDSHAKE.encode(out);
    for (WireMessage message : messages) {
      WireCodec.encode(message, out);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
