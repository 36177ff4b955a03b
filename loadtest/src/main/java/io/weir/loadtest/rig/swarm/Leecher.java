package io.weir.loadtest.rig.swarm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.weir.loadtest.rig.Original;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/**
 * One peer that has nothing and keeps nothing: says that it is interested, asks for blocks as its
 * owner says, and forgets them as they come (BEP 3, 6). The requests that one read of blocks gives
 * rise to leave with one flush. Its event loop's.
 */
final class Leecher extends ChannelInboundHandlerAdapter implements SeedStream.Receiver {
  /** Told of what happens; on the event loop. */
  interface Owner {
    /** The seed has unchoked the peer for the first time: it may ask. */
    void onUnchoked(Leecher leecher);

    /**
     * A block that was asked for has come, and was right as far as it was compared.
     *
     * @param dueNanos as its request said
     */
    void onBlock(Leecher leecher, long dueNanos, long nowNanos, int lengthBytes, boolean compared);

    /** The seed did what it should not, or ended the connection. */
    void onFailure(String reason);
  }

  private static final int REQUEST_BYTES = 17;
  private static final int NO_BLOCK = -1;

  private final SeededContent content;
  private final byte[] peerId;
  private final boolean interested;
  private final BlockPicker picker;
  private final Outstanding outstanding;
  private final @Nullable Original original;
  private final Owner owner;
  private final SeedStream stream;
  private @Nullable Channel channel;
  private @Nullable ByteBuf requests;
  private boolean unchoked;
  private boolean failed;
  private long nowNanos;
  private long blocks;
  private long block = NO_BLOCK;
  private long comparedTo;
  private boolean comparing;

  /**
   * A peer that is not connected.
   *
   * @param peerId its own, 20 bytes
   * @param interested whether it says so
   * @param atOnce most requests outstanding
   * @param original what blocks are compared with, null for never
   */
  Leecher(
      SeededContent content,
      byte[] peerId,
      boolean interested,
      BlockPicker picker,
      int atOnce,
      @Nullable Original original,
      Owner owner) {
    this.content = content;
    this.peerId = peerId;
    this.interested = interested;
    this.picker = picker;
    this.outstanding = new Outstanding(atOnce);
    this.original = original;
    this.owner = owner;
    this.stream = new SeedStream(this, original != null);
  }

  /** Whether another request may be sent. */
  boolean hasRoom() {
    return unchoked && !failed && !outstanding.isFull();
  }

  /** Requests that are unanswered. */
  int outstanding() {
    return outstanding.size();
  }

  /** Queues a request for the next block; only with room. {@link #flush} sends it. */
  void request(long dueNanos) {
    long wanted = picker.next();
    while (outstanding.find(wanted) != Outstanding.NONE) {
      wanted = picker.next();
    }
    outstanding.add(wanted, dueNanos);
    queue(
        new WireMessage.Request(
            content.pieceOf(wanted), content.beginOf(wanted), content.lengthOf(wanted)));
  }

  /** Sends what is queued. */
  void flush() {
    if (requests != null && channel != null) {
      var unused = channel.writeAndFlush(requests);
      requests = null;
    }
  }

  /** Lets the seed know that the peer is there. */
  void keepAlive() {
    queue(new WireMessage.KeepAlive());
    flush();
  }

  private void queue(WireMessage message) {
    if (channel == null) {
      return;
    }
    if (requests == null) {
      requests = channel.alloc().ioBuffer(REQUEST_BYTES * 16);
    }
    int lengthBytes = WireCodec.encodedLengthBytes(message);
    requests.ensureWritable(lengthBytes);
    WireCodec.encode(message, requests.internalNioBuffer(requests.writerIndex(), lengthBytes));
    requests.writerIndex(requests.writerIndex() + lengthBytes);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    ByteBuf ours = ctx.alloc().ioBuffer(Handshake.LENGTH_BYTES);
    new Handshake(content.infoHash(), peerId, true, false)
        .encode(ours.internalNioBuffer(0, Handshake.LENGTH_BYTES));
    requests = ours.writerIndex(Handshake.LENGTH_BYTES);
    if (interested) {
      queue(new WireMessage.Interested());
    }
    flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    nowNanos = System.nanoTime();
    try {
      if (!failed) {
        stream.read(bytes);
      }
    } catch (WireException e) {
      fail(String.valueOf(e.getMessage()));
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
  }

  @Override
  public void onHandshake(Handshake handshake) throws WireException {
    if (!handshake.infoHash().equals(content.infoHash())) {
      throw new WireException("the seed answered for another swarm");
    }
  }

  @Override
  public void onMessage(WireMessage message) throws WireException {
    if (message instanceof WireMessage.Unchoke && !unchoked) {
      unchoked = true;
      owner.onUnchoked(this);
    } else if (message instanceof WireMessage.Choke && unchoked) {
      throw new WireException("the seed choked a peer");
    } else if (message instanceof WireMessage.RejectRequest) {
      throw new WireException("the seed rejected a request");
    }
  }

  @Override
  public void onBlock(int piece, int begin, int lengthBytes) throws WireException {
    block = content.block(piece, begin);
    if (outstanding.find(block) == Outstanding.NONE || lengthBytes != content.lengthOf(block)) {
      throw new WireException(
          "the seed sent %d bytes of piece %d from %d unasked"
              .formatted(lengthBytes, piece, begin));
    }
    comparing = original != null && blocks % SwarmLoadPlan.VERIFY_EVERY == 0;
    comparedTo = content.offset(block);
    blocks++;
  }

  @Override
  public void onBytes(ByteBuf bytes) throws WireException {
    if (comparing && original != null && !original.matches(bytes, comparedTo)) {
      throw new WireException("wrong bytes in piece " + content.pieceOf(block));
    }
    comparedTo += bytes.readableBytes();
  }

  @Override
  public void onBlockEnd() {
    long dueNanos = outstanding.remove(outstanding.find(block));
    owner.onBlock(this, dueNanos, nowNanos, content.lengthOf(block), comparing);
  }

  private void fail(String reason) {
    if (!failed) {
      failed = true;
      owner.onFailure(reason);
      if (channel != null) {
        var unused = channel.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (requests != null) {
      requests.release();
      requests = null;
    }
    fail("the seed closed a connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause.toString());
  }
}
