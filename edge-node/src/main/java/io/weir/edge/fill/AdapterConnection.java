package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection to an adapter, one read at a time on it; idle, it holds no
 * buffer. On its event loop.
 *
 * <table>
 * <caption>states</caption>
 * <tr><th>state</th><th>bytes go to</th><th>a close</th></tr>
 * <tr><td>IDLE</td><td>nowhere: nothing was asked, it closes</td><td>is forgotten</td></tr>
 * <tr><td>HEAD</td><td>the head's buffer</td><td>asks elsewhere, once, where the connection had been
 * idle and not a byte came; else fails the read</td></tr>
 * <tr><td>BODY</td><td>the body's own buffers</td><td>fails the read</td></tr>
 * <tr><td>CLOSED</td><td>nowhere</td><td>has been dealt with</td></tr>
 * </table>
 */
final class AdapterConnection extends ChannelInboundHandlerAdapter {
  private enum State {
    IDLE,
    HEAD,
    BODY,
    CLOSED
  }

  private final AdapterConnections pool;
  private final AdapterAddress address;
  private final ByteBufAllocator allocator;
  private ByteBuf head = Unpooled.EMPTY_BUFFER;
  private State state = State.IDLE;
  private boolean usedBefore;
  private boolean keptAlive;
  private @Nullable Channel channel;
  private @Nullable AdapterRead read;
  private @Nullable AnswerBody body;

  AdapterConnection(AdapterConnections pool, AdapterAddress address, ByteBufAllocator allocator) {
    this.pool = pool;
    this.address = address;
    this.allocator = allocator;
  }

  AdapterAddress address() {
    return address;
  }

  /** What its channel must read with. */
  RecvByteBufAllocator buffers() {
    return new ChosenBuffers(this::room);
  }

  /** Whether it can be asked. */
  boolean isOpen() {
    return state == State.IDLE && channel != null && channel.isActive();
  }

  /** Asks for the read's piece; the connection must be open. */
  void ask(AdapterRead asking, String request) {
    read = asking;
    state = State.HEAD;
    head = allocator.directBuffer(AnswerHead.MAX_BYTES, AnswerHead.MAX_BYTES);
    Channel to = channel;
    if (to != null) {
      var unused = to.writeAndFlush(ByteBufUtil.writeAscii(allocator, request), to.voidPromise());
    }
  }

  /** Closes it; who reads on it hears why. */
  void abort(FillException why) {
    AdapterRead failed = read;
    close();
    if (failed != null) {
      failed.fail(why);
    }
  }

  /** Closes it; whoever reads on it hears nothing. */
  void close() {
    state = State.CLOSED;
    read = null;
    releaseHead();
    if (body != null) {
      body.release();
      body = null;
    }
    if (channel != null) {
      var unused = channel.close();
    }
  }

  private void releaseHead() {
    head.release();
    head = Unpooled.EMPTY_BUFFER;
  }

  /** Returns owned; where nothing is to come, just enough to find that something does. */
  private ByteBuf room() {
    AnswerBody reading = body;
    if (state == State.HEAD) {
      return head.retain();
    }
    return reading == null ? allocator.directBuffer(1, 1) : reading.room().retain();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  /** Takes ownership of the buffer that {@link #room} gave. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    ((ByteBuf) bytes).release();
    AdapterRead reading = read;
    if (reading == null) {
      onLost(null);
      return;
    }
    reading.onProgress();
    try {
      AnswerBody answer = state == State.HEAD ? onHead(reading) : body;
      if (answer != null && answer.onFilled()) {
        onAnswered(answer, reading);
      }
    } catch (FillException e) {
      abort(e);
    }
  }

  /** The body, with what has come of it; null while the head is not complete. */
  private @Nullable AnswerBody onHead(AdapterRead reading) throws FillException {
    AnswerHead answer = AnswerHead.read(head);
    if (answer == null) {
      return null;
    }
    AnswerBody begun = bodyOf(answer, reading);
    body = begun;
    state = State.BODY;
    boolean complete = false;
    while (head.isReadable() && !complete) {
      ByteBuf room = begun.room();
      room.writeBytes(head, Math.min(room.writableBytes(), head.readableBytes()));
      complete = begun.onFilled();
    }
    keptAlive = answer.keptAlive() && begun.isWhole() && !head.isReadable();
    return begun;
  }

  private AnswerBody bodyOf(AnswerHead answer, AdapterRead reading) throws FillException {
    long length = answer.lengthBytes();
    if (answer.status() != 200) {
      if (length < 1) {
        throw ProblemBody.failure(answer.status());
      }
      return new ProblemBody(allocator, answer.status(), length);
    }
    int pieceLength = reading.wanted().lengthBytes();
    if (length == AnswerHead.UNKNOWN) {
      throw new FillException("origin adapter's answer does not tell its length");
    }
    if (length != pieceLength) {
      throw new FillException("body has " + length + " bytes, not the piece's " + pieceLength);
    }
    return new PieceBody(allocator, pieceLength, reading.receiver());
  }

  private void onAnswered(AnswerBody answer, AdapterRead reading) {
    body = null;
    read = null;
    releaseHead();
    if (keptAlive) {
      state = State.IDLE;
      usedBefore = true;
      pool.keep(this);
    } else {
      close();
    }
    answer.deliver(reading);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    onLost(null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    onLost(cause);
  }

  private void onLost(@Nullable Throwable cause) {
    AdapterRead reading = read;
    boolean stale = state == State.HEAD && usedBefore && !head.isReadable();
    String progress = body == null ? "before its answer" : "after " + body.progress();
    pool.forget(this);
    close();
    if (reading == null) {
      return;
    }
    if (stale && (cause == null || cause instanceof IOException)) {
      reading.askElsewhere();
    } else if (cause == null || cause instanceof IOException) {
      reading.fail(new FillException("origin adapter closed the connection " + progress, cause));
    } else {
      reading.fail(new FillException("fill broke: " + cause.getClass().getSimpleName(), cause));
    }
  }
}
