package io.weir.loadtest.crowd.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** Says that it has everything, and answers every request with zeros. */
public final class LyingPeer implements AutoCloseable {
  private final InfoHash infoHash;
  private final ServerSocket server;
  private final LongAdder sent = new LongAdder();

  private LyingPeer(InfoHash infoHash, ServerSocket server) {
    this.infoHash = infoHash;
    this.server = server;
  }

  public static LyingPeer start(InfoHash infoHash) throws IOException {
    LyingPeer peer =
        new LyingPeer(infoHash, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    run(peer::accept);
    return peer;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Bytes of wrong blocks sent. */
  public long sentBytes() {
    return sent.sum();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        run(() -> lieTo(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void lieTo(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Handshake.decode(ByteBuffer.wrap(in.readNBytes(Handshake.LENGTH_BYTES)));
      ByteBuffer handshake = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
      new Handshake(infoHash, "-LIAR00-000000000000".getBytes(US_ASCII), true, false)
          .encode(handshake);
      socket.getOutputStream().write(handshake.array());
      send(new WireMessage.HaveAll(), socket.getOutputStream());
      send(new WireMessage.Unchoke(), socket.getOutputStream());
      while (true) {
        WireMessage message = WireCodec.decode(ByteBuffer.wrap(in.readNBytes(in.readInt())));
        if (message instanceof WireMessage.Request request) {
          ByteBuffer zeros = ByteBuffer.allocate(request.lengthBytes());
          send(
              new WireMessage.Piece(request.piece(), request.begin(), zeros),
              socket.getOutputStream());
          sent.add(request.lengthBytes());
        }
      }
    } catch (IOException | WireException closed) {
      // The other side has had enough.
    }
  }

  private static void send(WireMessage message, OutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(WireCodec.encodedLengthBytes(message));
    WireCodec.encode(message, bytes);
    out.write(bytes.array());
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "lying-peer");
    thread.setDaemon(true);
    thread.start();
  }
}
