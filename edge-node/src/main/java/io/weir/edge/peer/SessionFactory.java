package io.weir.edge.peer;

import io.weir.edge.cache.CachedContent;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Content;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the session of a peer that has said which swarm it wants. Thread-safe.
 *
 * @param catalogue what is seeded
 * @param pieces where its bytes are
 * @param limits bounds
 * @param nanoClock monotonic nanoseconds
 * @param random where suggestions begin; thread-safe
 * @param shares of the event loops and of memory
 * @param metrics counters
 * @param client name and version shown to peers
 */
record SessionFactory(
    Catalogue catalogue,
    Pieces pieces,
    PeerLimits limits,
    LongSupplier nanoClock,
    RandomGenerator random,
    UploadShares shares,
    PeerMetrics metrics,
    String client) {

  /** The session of this peer, null if its info-hash is not registered. */
  @Nullable PeerSession create(PeerConnection connection, Handshake theirs) {
    InfoHash infoHash = theirs.infoHash();
    Content content = catalogue.byInfoHash(infoHash);
    if (content == null) {
      return null;
    }
    Supplier<@Nullable CachedContent> registered = () -> registered(infoHash);
    MetadataSeeder metadata = new MetadataSeeder(content.metainfo().info(), nanoClock);
    ExtensionProtocol extensions =
        new ExtensionProtocol(connection, metadata, client, limits.requests());
    Announcements announcements =
        new Announcements(
            connection,
            registered,
            pieces,
            extensions,
            content.metainfo().pieceCount(),
            theirs.fast(),
            nanoClock,
            metrics);
    PeerPieces peerPieces = new PeerPieces(content.metainfo().pieceCount());
    ReadAhead readAhead =
        new ReadAhead(
            connection,
            registered,
            pieces,
            announcements,
            peerPieces,
            content.metainfo().pieceCount(),
            theirs.fast(),
            nanoClock,
            random);
    return new PeerSession(
        connection,
        theirs,
        content.metainfo(),
        new UploadQueue(
            connection,
            registered,
            pieces,
            new PartNumbers(content.metainfo()),
            new RequestLedger(limits.requests(), limits.requestBytes()),
            announcements,
            readAhead,
            theirs.fast(),
            shares.turns(connection.channel().eventLoop()),
            shares.budget(),
            nanoClock,
            metrics),
        announcements,
        readAhead,
        peerPieces,
        extensions,
        new Liveness(limits, nanoClock),
        metrics);
  }

  /** An info-hash means the same bytes for good; from where they are filled may change. */
  private @Nullable CachedContent registered(InfoHash infoHash) {
    Content content = catalogue.byInfoHash(infoHash);
    return content == null ? null : content.cached();
  }
}
