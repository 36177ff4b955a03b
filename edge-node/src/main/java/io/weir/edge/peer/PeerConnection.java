package io.weir.edge.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One peer's connection as its handlers use it: write messages, and close once for one reason.
 * Confined to its channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard
final class PeerConnection {
  private final Channel channel;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final PeerMetrics metrics;
  private final CloseLog closeLog;
  private @Nullable CloseReason closed;

  PeerConnection(
      Channel channel,
      InetSocketAddress remote,
      InetSocketAddress local,
      PeerMetrics metrics,
      CloseLog closeLog) {
    this.channel = channel;
    this.remote = remote;
    this.local = local;
    this.metrics = metrics;
    this.closeLog = closeLog;
    channel.closeFuture().addListener(done -> close(CloseReason.PEER_CLOSED, ""));
  }

  Channel channel() {
    return channel;
  }

  InetSocketAddress remote() {
    return remote;
  }

  InetSocketAddress local() {
    return local;
  }

  boolean isOpen() {
    return closed == null;
  }

  /** Closes; the first reason given is the one that counts. */
  void close(CloseReason reason, @Nullable String detail) {
    if (closed == null) {
      closed = reason;
      metrics.closed(reason);
      closeLog.closed(this, reason, detail);
      channel.close();
    }
  }

  /** Closes for what a handler or the socket threw. */
  void fail(Throwable cause) {
    if (!(cause instanceof IOException)) {
      closeLog.failed(this, cause);
      close(CloseReason.FAILED, cause.toString());
    } else {
      close(CloseReason.PEER_CLOSED, cause.toString());
    }
  }

  /** Queues a message; {@link #flush} sends it. */
  void write(WireMessage message) {
    int lengthBytes = WireCodec.encodedLengthBytes(message);
    ByteBuf out = channel.alloc().ioBuffer(lengthBytes, lengthBytes);
    WireCodec.encode(message, out.internalNioBuffer(0, lengthBytes));
    write(out.writerIndex(lengthBytes));
  }

  /** Queues bytes; takes ownership. */
  void write(ByteBuf bytes) {
    channel.write(bytes, channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }
}
