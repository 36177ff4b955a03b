package io.weir.loadtest.rig.swarm;

import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Seeds bytes from memory, a thread a peer, and misbehaves after a while if it is told to. */
final class TestSeed implements AutoCloseable {
  /** What it does instead of answering the request after {@link #RIGHT_BLOCKS} of one peer. */
  enum Fault {
    NONE,
    WRONG_BYTE,
    CHOKE,
    CLOSE,
    REJECT,
    UNASKED
  }

  static final int RIGHT_BLOCKS = 2 * SwarmLoadPlan.VERIFY_EVERY;

  private static final byte[] PEER_ID = new byte[20];

  final AtomicInteger interested = new AtomicInteger();
  final AtomicInteger connected = new AtomicInteger();
  private final byte[] bytes;
  private final SeededContent content;
  private final Fault fault;
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  TestSeed(byte[] bytes, SeededContent content, Fault fault) throws IOException {
    this.bytes = bytes;
    this.content = content;
    this.fault = fault;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      connected.incrementAndGet();
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      Handshake theirs = Handshake.decode(ByteBuffer.wrap(in.readNBytes(Handshake.LENGTH_BYTES)));
      ByteBuffer ours = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
      new Handshake(theirs.infoHash(), PEER_ID, true, false).encode(ours);
      out.write(ours.array());
      send(out, new WireMessage.HaveAll());
      for (int answered = 0; true; ) {
        out.flush();
        WireMessage message = WireCodec.decode(ByteBuffer.wrap(in.readNBytes(in.readInt())));
        if (message instanceof WireMessage.Interested) {
          interested.incrementAndGet();
          send(out, new WireMessage.Unchoke());
        } else if (message instanceof WireMessage.Request request) {
          answer(out, request, answered++);
        }
      }
    } catch (IOException | WireException e) {
      // The peer has gone, or the fault was to close.
    }
  }

  private void answer(OutputStream out, WireMessage.Request request, int answered)
      throws IOException {
    long offset = (long) request.piece() * content.pieceBytes() + request.begin();
    ByteBuffer block = ByteBuffer.wrap(bytes).slice((int) offset, request.lengthBytes());
    boolean due = answered == RIGHT_BLOCKS;
    if (due && fault == Fault.WRONG_BYTE) {
      byte[] wrong = new byte[request.lengthBytes()];
      block.get(wrong);
      wrong[wrong.length - 1]++;
      block = ByteBuffer.wrap(wrong);
    } else if (due && fault == Fault.CHOKE) {
      send(out, new WireMessage.Choke());
    } else if (due && fault == Fault.CLOSE) {
      throw new IOException("closes");
    } else if (due && fault == Fault.REJECT) {
      send(
          out,
          new WireMessage.RejectRequest(request.piece(), request.begin(), request.lengthBytes()));
    } else if (due && fault == Fault.UNASKED) {
      send(out, new WireMessage.Piece(request.piece(), request.begin() + 1, block));
    }
    send(out, new WireMessage.Piece(request.piece(), request.begin(), block));
  }

  private static void send(OutputStream out, WireMessage message) throws IOException {
    ByteBuffer encoded = ByteBuffer.allocate(WireCodec.encodedLengthBytes(message));
    WireCodec.encode(message, encoded);
    out.write(encoded.array());
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
