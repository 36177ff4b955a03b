package io.weir.loadtest.crowd.peer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one peer has, wants and knows of its remotes, and what it does when a message comes in: ask,
 * store, tell the others. It unchokes everyone and, once whole, keeps only those that still lack
 * something. Confined to its peer's event loop.
 */
final class Swarm {
  /** Told once, on the event loop, how the download ended. */
  interface Outcome {
    /** Every piece is verified and on disk. */
    void onWhole();

    /** The peer's own disk fails it. */
    void onDiskFailure(Throwable cause);
  }

  /** How long a remote that refused a block is asked nothing. */
  static final Duration REJECT_PAUSE = Duration.ofSeconds(1);

  /** Bytes of open pieces that a peer aims to stay within. */
  static final int OPEN_BYTES = 12 * 1024 * 1024;

  /** Pieces that may be open however long they are. */
  static final int MIN_OPEN_PIECES = 4;

  private static final Logger log = LoggerFactory.getLogger(Swarm.class);

  private final Metainfo metainfo;
  private final Holdings holdings;
  private final PeerId self;
  private final EventLoop loop;
  private final PieceFile file;
  private final PeerTraffic traffic;
  private final LongSupplier nanoTime;
  private final Outcome outcome;
  private final PiecePicker picker;
  private final PieceDownloads downloads;
  private final Connections connections;
  private final ConnectionUpkeep upkeep;
  private final HaveBroadcast haves;
  private volatile String summary = "nothing yet";

  Swarm(
      PeerPlan plan,
      PeerId self,
      EventLoop loop,
      PieceFile file,
      PeerTraffic traffic,
      LongSupplier nanoTime,
      Random random,
      Outcome outcome) {
    metainfo = plan.metainfo();
    holdings = new Holdings(metainfo, plan.seed());
    this.self = self;
    this.loop = loop;
    this.file = file;
    this.traffic = traffic;
    this.nanoTime = nanoTime;
    this.outcome = outcome;
    int pieceBytes = metainfo.pieceLengthBytes();
    picker = new PiecePicker(metainfo.pieceCount(), random);
    downloads =
        new PieceDownloads(
            picker,
            metainfo::pieceLengthBytes,
            pieceBytes,
            Math.max(MIN_OPEN_PIECES, OPEN_BYTES / pieceBytes));
    connections = new Connections(self);
    upkeep = new ConnectionUpkeep(connections);
    haves = new HaveBroadcast(loop, connections);
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  PeerId selfId() {
    return self;
  }

  InfoHash infoHash() {
    return metainfo.swarmHash();
  }

  int pieceCount() {
    return metainfo.pieceCount();
  }

  /** What this peer has; for others to read. */
  Holdings holdings() {
    return holdings;
  }

  /** Whether more connections would help than there are and are being dialled. */
  boolean wantsRemotes(int dialling) {
    return !holdings.isWhole() && connections.outboundCount() + dialling < Connections.DIAL_TARGET;
  }

  /** One line for people on how far it is; any thread. */
  String summary() {
    return summary;
  }

  Uploader uploaderTo(Channel channel) {
    return new Uploader(channel, file, traffic, outcome::onDiskFailure);
  }

  void onConnected(PeerConnection connection) {
    if (!connections.add(connection)) {
      connection.close();
    }
  }

  /** Takes in a remote that has introduced itself; false if its connection is to be closed. */
  boolean admit(PeerConnection connection, PeerId id) {
    return connections.admit(connection, id, nanoTime());
  }

  void onClosed(PeerConnection connection) {
    connections.remove(connection);
    downloads.onGone(connection.remote());
    if (!connection.remote().isEdge()) {
      picker.onPeerGone(connection.remote().has());
    }
  }

  void onConnectionFault(Throwable cause) {
    if (cause instanceof WireException || cause instanceof IOException) {
      log.debug("closing peer connection reason={}", cause.toString());
    } else {
      log.warn("closing peer connection after a bug", cause);
    }
  }

  void onBitfield(PeerConnection from, BitSet pieces) throws WireException {
    Remote remote = from.remote();
    if (!remote.has().isEmpty()) {
      throw new WireException("second bitfield");
    }
    remote.has().or(pieces);
    if (!remote.isEdge()) {
      picker.onPeerHas(pieces);
    }
    onRemoteHasMore(from);
  }

  void onHave(PeerConnection from, int piece) throws WireException {
    if (piece < 0 || piece >= metainfo.pieceCount()) {
      throw new WireException("have of piece " + piece + " of " + metainfo.pieceCount());
    }
    Remote remote = from.remote();
    if (remote.has().get(piece)) {
      return;
    }
    remote.has().set(piece);
    if (!remote.isEdge()) {
      picker.onPeerHas(piece);
    }
    onRemoteHasMore(from);
  }

  void onChoke(PeerConnection from, boolean rejectsFollow) {
    from.remote().setPeerChoking(true);
    if (!rejectsFollow) {
      downloads.onGone(from.remote());
    }
  }

  void onReject(PeerConnection from, BlockRequest request) {
    long now = nanoTime();
    downloads.onReject(from.remote(), request, now);
    from.remote().pauseUntil(now + REJECT_PAUSE.toNanos());
  }

  void onBlock(PeerConnection from, WireMessage.Piece message) {
    int bytes = message.block().remaining();
    traffic.onReceived(from.remote().isEdge(), bytes);
    PieceDownloads.BlockOutcome block =
        downloads.onBlock(
            from.remote(),
            new BlockRequest(message.piece(), message.begin(), bytes),
            message.block(),
            nanoTime());
    if (block instanceof PieceDownloads.BlockOutcome.Completed completed) {
      store(completed.piece());
    } else if (block instanceof PieceDownloads.BlockOutcome.Wasted) {
      traffic.onWasted(bytes);
    }
  }

  /** Asks a remote for what it can be asked now; the requests are not flushed. */
  void refill(PeerConnection connection) {
    long now = nanoTime();
    if (!connection.isRetired() && connection.remote().mayAsk(now)) {
      connection.writeRequests(downloads.ask(connection.remote(), now));
    }
  }

  /** Closes what is of no more use and asks whoever has nothing to do; several times a second. */
  void tick() {
    upkeep.run(nanoTime());
    refillIdle();
    summary =
        "has "
            + holdings.pieces().cardinality()
            + " of "
            + metainfo.pieceCount()
            + " pieces, "
            + connections.openCount()
            + " connections";
  }

  /** Closes every connection. */
  void close() {
    connections.open().forEach(PeerConnection::close);
  }

  private void onRemoteHasMore(PeerConnection from) {
    Remote remote = from.remote();
    if (holdings.isWhole()) {
      retireIfSeed(from);
    } else if (!remote.amInterested() && holdings.lacksAnyOf(remote.has())) {
      remote.setAmInterested(true);
      from.write(new WireMessage.Interested());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // every ending is handled in it
  private void store(OpenPiece piece) {
    file.verifyAndWrite(piece)
        .whenCompleteAsync(
            (right, failure) -> {
              if (failure != null) {
                outcome.onDiskFailure(failure);
              } else if (right) {
                onVerified(piece);
              } else {
                onCorrupt(piece);
              }
            },
            loop);
  }

  private void onVerified(OpenPiece piece) {
    downloads.onVerified(piece);
    holdings.add(piece.piece());
    haves.onVerified(piece.piece());
    if (holdings.isWhole()) {
      connections.ready().forEach(this::retireIfSeed);
      outcome.onWhole();
    } else {
      refillIdle();
    }
  }

  private void onCorrupt(OpenPiece piece) {
    int bytes = metainfo.pieceLengthBytes(piece.piece());
    traffic.onCorruptPiece(bytes);
    log.debug("received corrupt piece index={} sources={}", piece.piece(), piece.sources().size());
    connections.blame(downloads.onCorrupt(piece)).forEach(PeerConnection::close);
    refillIdle();
  }

  private void retireIfSeed(PeerConnection connection) {
    if (connection.remote().has().cardinality() == metainfo.pieceCount()) {
      connection.retire();
    }
  }

  private void refillIdle() {
    for (PeerConnection connection : connections.ready()) {
      if (connection.remote().pipeline().isEmpty()) {
        refill(connection);
        connection.flush();
      }
    }
  }
}
