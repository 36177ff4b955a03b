package io.weir.loadtest.crowd.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to a remote: turns its bytes into calls on the {@link Swarm} and the swarm's
 * wishes into messages, and answers the remote's requests by itself. A violation of the protocol
 * closes this connection alone. Confined to its peer's event loop.
 */
final class PeerConnection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  /**
   * Unsent bytes, beyond those at which uploads pause, that a remote may make this peer hold: it
   * asks, and is told, but does not read.
   */
  static final int MAX_BACKLOG_BYTES = 1 << 20;

  private final Swarm swarm;
  private final Channel channel;
  private final boolean outbound;
  private final Remote remote;
  private final FrameReader frames;
  private final Uploader uploader;
  private final long openedNanos;
  private @Nullable PeerId peerId;
  private boolean fast;
  private boolean retired;
  private long wroteNanos;

  PeerConnection(Swarm swarm, Channel channel, boolean outbound, boolean edge) {
    this.swarm = swarm;
    this.channel = channel;
    this.outbound = outbound;
    openedNanos = swarm.nanoTime();
    wroteNanos = openedNanos;
    remote = new Remote(edge, openedNanos);
    frames = new FrameReader(channel.alloc(), this);
    uploader = swarm.uploaderTo(channel);
  }

  Remote remote() {
    return remote;
  }

  boolean outbound() {
    return outbound;
  }

  long openedNanos() {
    return openedNanos;
  }

  long wroteNanos() {
    return wroteNanos;
  }

  /** Who the remote is; null until its handshake. */
  @Nullable PeerId peerId() {
    return peerId;
  }

  /** Asks nothing more over this connection; the swarm closes it once it is idle. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  /** Whether neither side owes the other an answer. */
  boolean isIdle() {
    return remote.pipeline().isEmpty() && uploader.isIdle();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // its end comes as channelInactive
  void close() {
    frames.close();
    channel.close();
  }

  void flush() {
    channel.flush();
  }

  /** Writes a message without flushing it. */
  void write(WireMessage message) {
    int bytes = WireCodec.encodedLengthBytes(message);
    ByteBuf out = channel.alloc().directBuffer(bytes, bytes);
    WireCodec.encode(message, out.internalNioBuffer(0, bytes));
    enqueue(out.writerIndex(bytes));
  }

  /** Writes requests without flushing them. */
  void writeRequests(List<BlockRequest> requests) {
    for (BlockRequest request : requests) {
      write(new WireMessage.Request(request.piece(), request.begin(), request.lengthBytes()));
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    swarm.onConnected(this);
    if (outbound) {
      writeHandshake();
      flush();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws WireException {
    ByteBuf in = (ByteBuf) message;
    try {
      frames.read(in);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    swarm.refill(this);
    uploader.serve();
    flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    uploader.serve();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    frames.close();
    swarm.onClosed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    swarm.onConnectionFault(cause);
    close();
  }

  @Override
  public void onHandshake(Handshake handshake) throws WireException {
    if (!handshake.infoHash().equals(swarm.infoHash())) {
      throw new WireException("handshake for another swarm");
    }
    PeerId id = PeerId.of(handshake.peerId());
    peerId = id;
    if (!swarm.admit(this, id)) {
      close();
      return;
    }
    fast = handshake.fast();
    if (!outbound) {
      writeHandshake();
    }
    writeHas(swarm.holdings().pieces(), swarm.pieceCount());
    write(new WireMessage.Unchoke());
  }

  @Override
  public void onFrame(ByteBuffer frame) throws WireException {
    WireMessage message = WireCodec.decode(frame);
    if (message instanceof WireMessage.Piece piece) {
      swarm.onBlock(this, piece);
    } else if (message instanceof WireMessage.Request request) {
      onRequest(new BlockRequest(request.piece(), request.begin(), request.lengthBytes()));
    } else if (message instanceof WireMessage.Have have) {
      swarm.onHave(this, have.piece());
    } else if (message instanceof WireMessage.Bitfield bitfield) {
      swarm.onBitfield(this, bitfield.toBitSet(swarm.pieceCount()));
    } else if (message instanceof WireMessage.HaveAll) {
      BitSet all = new BitSet();
      all.set(0, swarm.pieceCount());
      swarm.onBitfield(this, all);
    } else if (message instanceof WireMessage.Choke) {
      swarm.onChoke(this, fast);
    } else if (message instanceof WireMessage.Unchoke) {
      remote.setPeerChoking(false);
    } else if (message instanceof WireMessage.RejectRequest reject) {
      swarm.onReject(this, new BlockRequest(reject.piece(), reject.begin(), reject.lengthBytes()));
    } else if (message instanceof WireMessage.Cancel cancel) {
      onCancel(new BlockRequest(cancel.piece(), cancel.begin(), cancel.lengthBytes()));
    }
    // What is left tells a client that unchokes everyone, and takes any piece, nothing.
  }

  private void onRequest(BlockRequest request) throws WireException {
    if (!swarm.holdings().covers(request)) {
      throw new WireException("request outside of the content: " + request);
    }
    if (!swarm.holdings().has(request.piece()) || !uploader.offer(request)) {
      refuse(request);
    }
  }

  private void onCancel(BlockRequest request) {
    if (uploader.cancel(request)) {
      refuse(request);
    }
  }

  private void refuse(BlockRequest request) {
    if (fast) {
      write(new WireMessage.RejectRequest(request.piece(), request.begin(), request.lengthBytes()));
    }
  }

  private void writeHandshake() {
    ByteBuf out = channel.alloc().directBuffer(Handshake.LENGTH_BYTES, Handshake.LENGTH_BYTES);
    new Handshake(swarm.infoHash(), swarm.selfId().bytes(), true, false)
        .encode(out.internalNioBuffer(0, Handshake.LENGTH_BYTES));
    enqueue(out.writerIndex(Handshake.LENGTH_BYTES));
  }

  private void writeHas(BitSet have, int pieceCount) {
    if (fast && have.isEmpty()) {
      write(new WireMessage.HaveNone());
    } else if (fast && have.cardinality() == pieceCount) {
      write(new WireMessage.HaveAll());
    } else {
      write(WireMessage.Bitfield.of(have, pieceCount));
    }
  }

  /** Takes ownership. */
  @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures come as exceptionCaught
  private void enqueue(ByteBuf out) {
    if (channel.bytesBeforeWritable() > MAX_BACKLOG_BYTES) {
      out.release();
      close();
      return;
    }
    channel.write(out, channel.voidPromise());
    wroteNanos = swarm.nanoTime();
  }
}
