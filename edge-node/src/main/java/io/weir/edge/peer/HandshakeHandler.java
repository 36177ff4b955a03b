package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A peer's first 68 bytes (BEP 3). Whatever opens otherwise (an encrypted handshake, HTTP) is
 * closed at its first wrong byte, since clients then come back in plaintext. A good handshake is
 * answered with its own info-hash, v1 or truncated v2, and makes way for {@link FrameDecoder} and
 * {@link PeerSession}. Where this node made the connection, its handshake goes first and the peer's
 * must be for the same swarm.
 */
final class HandshakeHandler extends ByteToMessageDecoder {
  private final PeerConnection connection;
  private final SessionFactory sessions;
  private final byte[] ourPeerId;
  private final @Nullable InfoHash dialled;
  private @Nullable Future<?> deadline;

  /**
   * The first handler of a connection.
   *
   * @param dialled the swarm that this node connected for, null if the peer connected
   */
  HandshakeHandler(
      PeerConnection connection,
      SessionFactory sessions,
      byte[] ourPeerId,
      @Nullable InfoHash dialled) {
    this.connection = connection;
    this.sessions = sessions;
    this.ourPeerId = ourPeerId;
    this.dialled = dialled;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline =
        ctx.executor()
            .schedule(
                () -> connection.close(CloseReason.HANDSHAKE_TIMEOUT, ""),
                sessions.limits().handshake().toNanos(),
                TimeUnit.NANOSECONDS);
    if (dialled != null) {
      writeHandshake(ctx, dialled);
      connection.flush();
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!connection.isOpen()) {
      in.skipBytes(in.readableBytes());
    } else if (!Handshake.canBegin(in.nioBuffer())) {
      connection.close(CloseReason.NOT_BITTORRENT, "opens another protocol");
    } else if (in.readableBytes() >= Handshake.LENGTH_BYTES) {
      try {
        Handshake theirs = Handshake.decode(in.nioBuffer());
        in.skipBytes(Handshake.LENGTH_BYTES);
        onHandshake(ctx, theirs);
      } catch (WireException e) {
        connection.close(CloseReason.MALFORMED_HANDSHAKE, e.getMessage());
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == PeerServer.DRAIN) {
      connection.close(CloseReason.DRAINED, "");
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.fail(cause);
  }

  private void onHandshake(ChannelHandlerContext ctx, Handshake theirs) {
    if (Arrays.equals(theirs.peerId(), ourPeerId)) {
      connection.close(CloseReason.SELF, "");
      return;
    }
    boolean otherSwarm = dialled != null && !dialled.equals(theirs.infoHash());
    PeerSession session = otherSwarm ? null : sessions.create(connection, theirs);
    if (session == null) {
      connection.close(CloseReason.UNKNOWN_CONTENT, theirs.infoHash().toHex());
      return;
    }
    if (dialled == null) {
      writeHandshake(ctx, theirs.infoHash());
    }
    // Removal passes on what came behind the handshake, so its receivers must be there before.
    ctx.pipeline().addLast(new FrameDecoder(connection, session), session).remove(this);
  }

  private void writeHandshake(ChannelHandlerContext ctx, InfoHash infoHash) {
    ByteBuf ours = ctx.alloc().ioBuffer(Handshake.LENGTH_BYTES);
    new Handshake(infoHash, ourPeerId, true, true)
        .encode(ours.internalNioBuffer(0, Handshake.LENGTH_BYTES));
    connection.write(ours.writerIndex(Handshake.LENGTH_BYTES));
  }
}
