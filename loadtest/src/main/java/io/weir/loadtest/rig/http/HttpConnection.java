package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.weir.loadtest.rig.Positions;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one request at a time. The body of an answer that nobody compares is moved to
 * {@code /dev/null} inside the kernel where the transport can, so that the generator is not what
 * limits the run. Its event loop's.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  /** Told of every end; on the event loop. */
  interface Listener {
    void onAnswer(HttpConnection connection, long dueNanos, boolean compared);

    void onFailure(String reason);
  }

  private final HttpLoadPlan plan;
  private final Positions positions;
  private final @Nullable Original original;
  private final @Nullable FileDescriptor sink;
  private final Listener listener;
  private final ByteBuf head = Unpooled.buffer(ResponseHead.MAX_BYTES);
  private @Nullable Channel channel;
  private boolean waiting;
  private boolean inBody;
  private boolean keepAlive = true;
  private boolean compare;
  private long dueNanos;
  private long position;
  private int missing;

  /**
   * @param original what answers are compared with, null for never
   * @param sink open for writing, null where the transport cannot splice
   */
  HttpConnection(
      HttpLoadPlan plan,
      Positions positions,
      @Nullable Original original,
      @Nullable FileDescriptor sink,
      Listener listener) {
    this.plan = plan;
    this.positions = positions;
    this.original = original;
    this.sink = sink;
    this.listener = listener;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    head.release();
  }

  /** Asks for the next range; not while an answer is awaited. */
  void send(long dueNanos, boolean compare) {
    Channel open = channel;
    if (open == null) {
      return;
    }
    this.dueNanos = dueNanos;
    this.compare = compare && original != null;
    position = positions.next();
    missing = plan.rangeBytes();
    waiting = true;
    inBody = false;
    var unused =
        open.writeAndFlush(
            ByteBufUtil.writeAscii(
                open.alloc(), plan.request(position, position + plan.rangeBytes() - 1)));
  }

  void close() {
    if (channel != null) {
      var unused = channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!inBody) {
        head.writeBytes(bytes);
        readHead(ctx.channel());
      } else {
        body(bytes);
      }
    } catch (IllegalArgumentException e) {
      fail(String.valueOf(e.getMessage()));
    } finally {
      bytes.release();
    }
  }

  private void readHead(Channel open) {
    ResponseHead answer = ResponseHead.read(head);
    if (answer == null) {
      return;
    }
    if (answer.status() != 206 || answer.contentLength() != plan.rangeBytes()) {
      throw new IllegalArgumentException(
          "status " + answer.status() + " with " + answer.contentLength() + " bytes");
    }
    keepAlive = answer.keepAlive();
    inBody = true;
    body(head);
    head.clear();
    if (missing > 0 && !compare && sink != null) {
      discard((EpollSocketChannel) open, sink);
    }
  }

  /** Deprecated without a successor: nothing else in Netty keeps received bytes in the kernel. */
  @SuppressWarnings("deprecation")
  private void discard(EpollSocketChannel open, FileDescriptor into) {
    int rest = missing;
    open.spliceTo(into, 0, rest)
        .addListener(
            spliced -> {
              if (spliced.isSuccess()) {
                missing -= rest;
                answered();
              } else {
                fail("connection broke within the body");
              }
            });
  }

  private void body(ByteBuf bytes) {
    int length = bytes.readableBytes();
    if (length > missing) {
      throw new IllegalArgumentException("more bytes than the head told");
    }
    if (compare && original != null && !original.matches(bytes, position)) {
      throw new IllegalArgumentException("wrong bytes in the range from " + position);
    }
    position += length;
    missing -= length;
    if (missing == 0 && waiting) {
      answered();
    }
  }

  private void answered() {
    waiting = false;
    if (!keepAlive) {
      fail("the server does not keep connections alive");
    } else {
      listener.onAnswer(this, dueNanos, compare);
    }
  }

  private void fail(String reason) {
    waiting = false;
    close();
    listener.onFailure(reason);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (waiting) {
      fail("the server closed the connection");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (waiting) {
      fail(cause.toString());
    }
  }
}
