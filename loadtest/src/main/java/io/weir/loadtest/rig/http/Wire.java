package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection right on the event loop, without a channel's pipeline: at 80,000 answers a
 * second on one core every allocation and every spared system call counts. Its event loop's.
 */
final class Wire implements EpollIoHandle {
  /** Told of what happens; on the event loop. */
  interface Listener {
    void onConnected();

    /** There is something to read, or the server has closed. */
    void onReadable();

    /** It could not connect. */
    void onRefused(IOException cause);
  }

  private static final EpollIoOps READABLE = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);

  private final Socket socket;
  private final Listener listener;
  private @Nullable IoRegistration registration;
  private boolean connected;

  /**
   * Begins to connect; on the event loop.
   *
   * @param receiveBufferBytes what the kernel may hold of what is not read, 0 for its own choice
   * @throws IOException if there are no more sockets to be had
   */
  Wire(IoEventLoop loop, InetSocketAddress server, int receiveBufferBytes, Listener listener)
      throws IOException {
    this.listener = listener;
    socket = Socket.newSocketStream();
    try {
      socket.setTcpNoDelay(true);
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.connect(server);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    loop.register(this)
        .addListener(
            registered -> {
              registration = (IoRegistration) registered.getNow();
              await(EpollIoOps.EPOLLOUT);
            });
  }

  private void await(EpollIoOps ops) {
    if (registration != null && registration.isValid()) {
      registration.submit(ops);
    }
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    if (connected) {
      listener.onReadable();
    } else if (((EpollIoEvent) event).ops().value() != 0) {
      finishConnect();
    }
  }

  private void finishConnect() {
    try {
      if (socket.finishConnect()) {
        connected = true;
        await(READABLE);
        listener.onConnected();
      }
    } catch (IOException e) {
      close();
      listener.onRefused(e);
    }
  }

  /** Reads only when told to, from now on: {@code onReadable} is not called any more. */
  void ignoreReadable() {
    await(EpollIoOps.NONE);
  }

  /**
   * Sends all of it; borrows for the call.
   *
   * @throws IOException also if the kernel does not take all: the server has not read earlier
   *     requests
   */
  void send(ByteBuf bytes) throws IOException {
    int length = bytes.readableBytes();
    int sent = socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
    if (sent < length) {
      throw new IOException("the server does not read requests");
    }
  }

  /**
   * Appends what has arrived, so much at most; borrows for the call.
   *
   * @return how much that was, 0 if nothing has
   * @throws EOFException if the server has closed
   */
  int receive(ByteBuf into, int atMost) throws IOException {
    int from = into.writerIndex();
    int received = socket.recvAddress(into.memoryAddress(), from, from + atMost);
    if (received < 0) {
      throw new EOFException("the server closed the connection");
    }
    into.writerIndex(from + received);
    return received;
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.cancel();
    }
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing of it is wanted any more.
    }
  }
}
