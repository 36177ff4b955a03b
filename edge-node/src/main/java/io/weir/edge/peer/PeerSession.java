package io.weir.edge.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireMessage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A peer that is being seeded, from its handshake on (BEP 3, 6, 9, 10, 21, 52, 54).
 *
 * <table>
 * <caption>states</caption>
 * <tr><th>state</th><th>on</th><th>does</th><th>next</th></tr>
 * <tr><td>(handshaking: {@link HandshakeHandler})</td><td>68 good bytes</td><td>answers with
 * handshake, extended handshake, and the pieces that {@link Announcements} claims</td><td>choking
 * </td></tr>
 * <tr><td>choking</td><td>interested</td><td>unchokes, once and for good, and suggests
 * what is here</td><td>serving</td></tr>
 * <tr><td>choking</td><td>request</td><td>rejects; silent to a peer without BEP 6; closes
 * at the {@value #MAX_CHOKED_REQUESTS}th</td><td>choking</td></tr>
 * <tr><td>serving</td><td>request, cancel</td><td>{@link UploadQueue}</td><td>serving</td></tr>
 * <tr><td>serving</td><td>channel not writable</td><td>stops reading from the peer until it has
 * drained</td><td>serving</td></tr>
 * <tr><td>choking, serving</td><td>ut_metadata request</td><td>{@link ExtensionProtocol}</td><td>same
 * </td></tr>
 * <tr><td>choking, serving</td><td>hash request</td><td>rejects: the piece layers are in the
 * .torrent</td><td>same</td></tr>
 * <tr><td>choking, serving</td><td>the peer is a seed, or upload-only</td><td>closes: neither needs
 * the other</td><td>closed</td></tr>
 * <tr><td>choking, serving</td><td>a violation, silence, withdrawal of the content</td><td>closes
 * with its {@link CloseReason}</td><td>closed</td></tr>
 * <tr><td>choking, serving</td><td>this node drains</td><td>rejects further requests, closes when
 * those before are answered</td><td>closed</td></tr>
 * <tr><td>any</td><td>what a seed has no use for: chokes, haves, ports, unknown messages, other
 * extensions</td><td>nothing, if it is well-formed</td><td>same</td></tr>
 * </table>
 *
 * <p>All of it belongs to the channel's event loop. What one read brought is answered in the peer's
 * next turn.
 */
final class PeerSession extends ChannelInboundHandlerAdapter {
  /** Requests from a peer that is choked, which has not said that it is interested. */
  static final int MAX_CHOKED_REQUESTS = 300;

  private static final long TICK_SECONDS = 20;

  private final PeerConnection connection;
  private final Handshake theirs;
  private final Metainfo metainfo;
  private final UploadQueue uploads;
  private final Announcements announcements;
  private final ReadAhead readAhead;
  private final ExtensionProtocol extensions;
  private final Liveness liveness;
  private final PeerMetrics metrics;
  private final PeerPieces peerPieces;

  private boolean amChoking = true;
  private int chokedRequests;
  private boolean draining;
  private @Nullable Future<?> ticks;

  PeerSession(
      PeerConnection connection,
      Handshake theirs,
      Metainfo metainfo,
      UploadQueue uploads,
      Announcements announcements,
      ReadAhead readAhead,
      PeerPieces peerPieces,
      ExtensionProtocol extensions,
      Liveness liveness,
      PeerMetrics metrics) {
    this.connection = connection;
    this.theirs = theirs;
    this.metainfo = metainfo;
    this.uploads = uploads;
    this.announcements = announcements;
    this.readAhead = readAhead;
    this.extensions = extensions;
    this.liveness = liveness;
    this.metrics = metrics;
    this.peerPieces = peerPieces;
  }

  /** Greets the peer. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    metrics.sessions.incrementAndGet();
    ticks =
        ctx.executor()
            .scheduleAtFixedRate(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    announcements.greet(theirs.extended());
    connection.flush();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    metrics.sessions.decrementAndGet();
    uploads.close();
    announcements.close();
    readAhead.close();
    if (ticks != null) {
      ticks.cancel(false);
    }
  }

  /** One message that is no request; borrows its buffers for the call. */
  void onMessage(WireMessage message) throws PeerViolation {
    if (message instanceof WireMessage.Cancel m) {
      uploads.cancel(new Block(m.piece(), m.begin(), m.lengthBytes()));
    } else if (message instanceof WireMessage.Interested) {
      onInterested();
    } else if (message instanceof WireMessage.Have m) {
      peerPieces.onHave(m);
      readAhead.onPeerHas(m.piece());
    } else if (message instanceof WireMessage.Bitfield m) {
      peerPieces.onBitfield(m);
      closeIfComplete();
    } else if (message instanceof WireMessage.Extended m) {
      extensions.onMessage(m);
    } else if (message instanceof WireMessage.HashRequest m) {
      connection.write(new WireMessage.HashReject(m.wanted()));
    } else if (message instanceof WireMessage.Piece m) {
      throw new PeerViolation(CloseReason.UNWANTED_PIECE, "block of piece " + m.piece());
    } else {
      onFast(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (connection.isOpen()) {
      liveness.heard();
      uploads.serveSoon();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    ctx.channel().config().setAutoRead(writable);
    if (connection.isOpen()) {
      uploads.onWritability();
      if (writable) {
        liveness.heard();
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == PeerServer.DRAIN) {
      draining = true;
      uploads.finish();
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    connection.fail(cause);
  }

  /**
   * A request (BEP 3).
   *
   * @param piece 0 or more
   * @param begin 0 or more
   * @param lengthBytes 1 or more
   */
  void onRequest(int piece, int begin, int lengthBytes) throws PeerViolation {
    if (!Block.isWithin(metainfo, piece, begin, lengthBytes)) {
      throw new PeerViolation(
          CloseReason.INVALID_REQUEST,
          new Block(piece, begin, lengthBytes) + " is beyond the content");
    }
    if (draining) {
      uploads.reject(new Block(piece, begin, lengthBytes), RejectCause.DRAINING);
    } else if (!amChoking) {
      uploads.request(piece, begin, lengthBytes);
    } else if (++chokedRequests > MAX_CHOKED_REQUESTS) {
      throw new PeerViolation(CloseReason.REQUEST_FLOOD, chokedRequests + " requests while choked");
    } else {
      uploads.reject(new Block(piece, begin, lengthBytes), RejectCause.CHOKED);
    }
  }

  private void onInterested() {
    if (amChoking) {
      amChoking = false;
      connection.write(new WireMessage.Unchoke());
      readAhead.begin();
    }
  }

  private void onFast(WireMessage message) throws PeerViolation {
    boolean isFast =
        message instanceof WireMessage.HaveAll
            || message instanceof WireMessage.HaveNone
            || message instanceof WireMessage.SuggestPiece
            || message instanceof WireMessage.AllowedFast
            || message instanceof WireMessage.RejectRequest;
    if (isFast && !theirs.fast()) {
      throw new PeerViolation(CloseReason.FAST_NOT_NEGOTIATED, message.toString());
    }
    if (message instanceof WireMessage.HaveAll) {
      peerPieces.onHaveAll();
      closeIfComplete();
    }
  }

  private void closeIfComplete() {
    if (peerPieces.isComplete()) {
      connection.close(CloseReason.PEER_COMPLETE, "has every piece");
    }
  }

  private void tick() {
    uploads.rest();
    switch (liveness.due()) {
      case CLOSE -> connection.close(CloseReason.IDLE, "");
      case KEEP_ALIVE -> {
        connection.write(new WireMessage.KeepAlive());
        connection.flush();
      }
      case NOTHING -> {}
    }
  }
}
