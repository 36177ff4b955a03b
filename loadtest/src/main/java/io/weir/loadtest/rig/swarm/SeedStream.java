package io.weir.loadtest.rig.swarm;

import io.netty.buffer.ByteBuf;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a seed sends into its handshake, blocks, and other messages. Blocks are passed over as
 * they come, never gathered. Confined to its connection's event loop.
 */
final class SeedStream {
  /** Told what was cut out. */
  interface Receiver {
    void onHandshake(Handshake handshake) throws WireException;

    /** Anything but a block. */
    void onMessage(WireMessage message) throws WireException;

    /** A block begins. */
    void onBlock(int piece, int begin, int lengthBytes) throws WireException;

    /** Further bytes of the block, up to the buffer's writer index; borrows for the call. */
    void onBytes(ByteBuf bytes) throws WireException;

    /** The block's last byte has come. */
    void onBlockEnd();
  }

  private static final int PREFIX_BYTES = 4;
  private static final int PIECE = 7;
  private static final int MAX_FRAME_BYTES = 1 << 20;

  private final Receiver receiver;
  private final boolean passBytes;
  private final ByteBuffer head = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
  private @Nullable ByteBuffer frame;
  private boolean handshaken;
  private int blockBytes;

  /**
   * At the handshake.
   *
   * @param passBytes whether the receiver wants the bytes of blocks
   */
  SeedStream(Receiver receiver, boolean passBytes) {
    this.receiver = receiver;
    this.passBytes = passBytes;
    head.limit(Handshake.LENGTH_BYTES);
  }

  /** Reads all; borrows for the call. */
  void read(ByteBuf in) throws WireException {
    while (in.isReadable()) {
      if (blockBytes > 0) {
        passBlock(in);
      } else if (frame != null) {
        gather(in, frame);
      } else {
        readHead(in);
      }
    }
  }

  private void passBlock(ByteBuf in) throws WireException {
    int here = Math.min(blockBytes, in.readableBytes());
    if (passBytes) {
      receiver.onBytes(in.slice(in.readerIndex(), here));
    }
    in.skipBytes(here);
    blockBytes -= here;
    if (blockBytes == 0) {
      receiver.onBlockEnd();
    }
  }

  private void gather(ByteBuf in, ByteBuffer whole) throws WireException {
    int wanted = whole.remaining();
    whole.limit(whole.position() + Math.min(wanted, in.readableBytes()));
    in.readBytes(whole);
    whole.limit(whole.capacity());
    if (!whole.hasRemaining()) {
      frame = null;
      receiver.onMessage(WireCodec.decode(whole.flip()));
    }
  }

  /** The handshake, or as much of a message as tells what it is: 4 bytes, 5, or a block's 13. */
  private void readHead(ByteBuf in) throws WireException {
    int limit = head.limit();
    head.limit(Math.min(limit, head.position() + in.readableBytes()));
    in.readBytes(head);
    head.limit(limit);
    if (head.hasRemaining()) {
      return;
    }
    if (!handshaken) {
      handshaken = true;
      receiver.onHandshake(Handshake.decode(head.flip()));
      startMessage();
      return;
    }
    int lengthBytes = head.getInt(0);
    if (lengthBytes < 0 || lengthBytes > MAX_FRAME_BYTES) {
      throw new WireException("message of " + Integer.toUnsignedString(lengthBytes) + " bytes");
    }
    if (limit == PREFIX_BYTES) {
      onPrefix(lengthBytes);
    } else if (limit == PREFIX_BYTES + 1) {
      onId(lengthBytes, head.get(PREFIX_BYTES));
    } else {
      blockBytes = lengthBytes + PREFIX_BYTES - WireCodec.PIECE_HEADER_BYTES;
      receiver.onBlock(
          head.getInt(PREFIX_BYTES + 1), head.getInt(2 * PREFIX_BYTES + 1), blockBytes);
      startMessage();
    }
  }

  private void onPrefix(int lengthBytes) throws WireException {
    if (lengthBytes > 0) {
      head.limit(PREFIX_BYTES + 1);
    } else {
      startMessage();
      receiver.onMessage(new WireMessage.KeepAlive());
    }
  }

  private void onId(int lengthBytes, byte id) throws WireException {
    if (id == PIECE && lengthBytes + PREFIX_BYTES > WireCodec.PIECE_HEADER_BYTES) {
      head.limit(WireCodec.PIECE_HEADER_BYTES);
      return;
    }
    startMessage();
    ByteBuffer whole = ByteBuffer.allocate(lengthBytes).put(id);
    if (whole.hasRemaining()) {
      frame = whole;
    } else {
      receiver.onMessage(WireCodec.decode(whole.flip()));
    }
  }

  private void startMessage() {
    head.clear().limit(PREFIX_BYTES);
  }
}
