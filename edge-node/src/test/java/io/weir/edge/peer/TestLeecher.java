package io.weir.edge.peer;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.wire.ExtendedHandshake;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.MetadataMessage;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Map;

/** A BitTorrent client that only leeches, from one seed, on the test's own thread. */
final class TestLeecher implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** Connects and shakes hands. */
  TestLeecher(InetSocketAddress seed, InfoHash infoHash, boolean fast)
      throws IOException, WireException {
    socket.connect(seed, TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    ByteBuffer handshake = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
    new Handshake(infoHash, SessionRig.THEIR_ID, fast, true).encode(handshake);
    socket.getOutputStream().write(handshake.array());
    Handshake answer = Handshake.decode(ByteBuffer.wrap(in.readNBytes(Handshake.LENGTH_BYTES)));
    if (!answer.infoHash().equals(infoHash)) {
      throw new WireException("handshake: another info-hash");
    }
  }

  void send(WireMessage... messages) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    for (WireMessage message : messages) {
      WireCodec.encode(message, out);
    }
    socket.getOutputStream().write(out.array(), 0, out.position());
  }

  WireMessage receive() throws IOException, WireException {
    return WireCodec.decode(ByteBuffer.wrap(in.readNBytes(in.readInt())));
  }

  <T extends WireMessage> T receive(Class<T> type) throws IOException, WireException {
    while (true) {
      WireMessage message = receive();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  /** Asks for every block, a piece at a time, and returns the content. */
  byte[] download(Metainfo metainfo, int blockBytes) throws IOException, WireException {
    byte[] content = new byte[Math.toIntExact(metainfo.totalLengthBytes())];
    send(new WireMessage.Interested());
    receive(WireMessage.Unchoke.class);
    for (int piece = 0; piece < metainfo.pieceCount(); piece++) {
      int asked = 0;
      for (int begin = 0; begin < metainfo.pieceLengthBytes(piece); begin += blockBytes) {
        int lengthBytes = Math.min(blockBytes, metainfo.pieceLengthBytes(piece) - begin);
        send(new WireMessage.Request(piece, begin, lengthBytes));
        asked++;
      }
      for (; asked > 0; asked--) {
        WireMessage.Piece block = receive(WireMessage.Piece.class);
        int offset = block.piece() * metainfo.pieceLengthBytes() + block.begin();
        block.block().get(content, offset, block.block().remaining());
      }
    }
    return content;
  }

  /** The info dictionary, as a client does that has only a magnet link. */
  byte[] downloadInfo() throws IOException, WireException {
    ExtendedHandshake offer =
        ExtendedHandshake.decode(receive(WireMessage.Extended.class).payload());
    ByteBuffer info = ByteBuffer.allocate(offer.metadataSizeBytes());
    Map<String, Integer> ours = Map.of("ut_metadata", 42);
    send(extended(0, new ExtendedHandshake(ours, null, null, false, null, null, null).encode()));
    for (int block = 0; info.hasRemaining(); block++) {
      send(
          extended(
              offer.messageIds().get("ut_metadata"), new MetadataMessage.Request(block).encode()));
      WireMessage.Extended answer = receive(WireMessage.Extended.class);
      info.put(((MetadataMessage.Data) MetadataMessage.decode(answer.payload())).data());
    }
    return info.array();
  }

  /** Waits until the seed has closed. */
  boolean isClosedBySeed() throws IOException {
    try {
      while (in.read() >= 0) {
        // what was sent before the end
      }
      return true;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static WireMessage extended(int id, byte[] payload) {
    return new WireMessage.Extended(id, ByteBuffer.wrap(payload));
  }
}
