package io.weir.loadtest.crowd.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The far end of a {@link PeerConnection}, without a socket. */
final class FakeRemote {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final PeerConnection connection;
  private boolean handshakeRead;

  FakeRemote(Swarm swarm, boolean outbound, boolean edge) {
    connection = new PeerConnection(swarm, channel, outbound, edge);
    channel.pipeline().addLast(connection);
    channel.pipeline().fireChannelActive();
  }

  PeerConnection connection() {
    return connection;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Frees whatever was not read. */
  void close() {
    channel.finishAndReleaseAll();
  }

  FakeRemote handshake(InfoHash infoHash, String peerId) {
    ByteBuffer bytes = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    new Handshake(infoHash, peerId.getBytes(US_ASCII), true, false).encode(bytes);
    channel.writeInbound(Unpooled.wrappedBuffer(bytes.flip()));
    return this;
  }

  /** Sends these in one read. */
  void send(WireMessage... messages) {
    ByteBuf out = Unpooled.buffer();
    for (WireMessage message : messages) {
      ByteBuffer bytes = ByteBuffer.allocate(WireCodec.encodedLengthBytes(message));
      WireCodec.encode(message, bytes);
      out.writeBytes(bytes.flip());
    }
    channel.writeInbound(out);
  }

  /** What has been flushed to this remote since the last call, its handshake left out. */
  List<WireMessage> received() throws WireException {
    channel.runPendingTasks();
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.writeBytes(next);
      next.release();
    }
    if (!handshakeRead && all.isReadable()) {
      all.skipBytes(Handshake.LENGTH_BYTES);
      handshakeRead = true;
    }
    List<WireMessage> messages = new ArrayList<>();
    while (all.isReadable()) {
      ByteBuffer frame = ByteBuffer.allocate(all.readInt());
      all.readBytes(frame);
      messages.add(WireCodec.decode(frame.flip()));
    }
    return messages;
  }

  /** Those of the received messages that are of one kind. */
  <M extends WireMessage> List<M> received(Class<M> kind) throws WireException {
    return received().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
