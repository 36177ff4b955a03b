package io.weir.edge.peer;

import io.weir.edge.cache.CachedContent;
import io.weir.edge.swarm.Catalogue;
import io.weir.edge.swarm.Content;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.wire.Handshake;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the session of a peer that has said which swarm it wants. Thread-safe.
 *
 * @param catalogue what is seeded
 * @param pieces where its bytes are
 * @param limits bounds
 * @param nanoClock monotonic nanoseconds
 * @param metrics counters
 * @param client name and version shown to peers
 */
record SessionFactory(
    Catalogue catalogue,
    Pieces pieces,
    PeerLimits limits,
    LongSupplier nanoClock,
    PeerMetrics metrics,
    String client) {

  /** The session of this peer, null if its info-hash is not registered. */
  @Nullable PeerSession create(PeerConnection connection, Handshake theirs) {
    InfoHash infoHash = theirs.infoHash();
    Content content = catalogue.byInfoHash(infoHash);
    if (content == null) {
      return null;
    }
    MetadataSeeder metadata = new MetadataSeeder(content.metainfo().info(), nanoClock);
    return new PeerSession(
        connection,
        theirs,
        content.metainfo(),
        new UploadQueue(
            connection,
            () -> registered(infoHash),
            pieces,
            new RequestLedger(limits.requests()),
            theirs.fast(),
            metrics),
        new ExtensionProtocol(connection, metadata, client, limits.requests()),
        new Liveness(limits, nanoClock),
        metrics);
  }

  /** An info-hash means the same bytes for good; from where they are filled may change. */
  private @Nullable CachedContent registered(InfoHash infoHash) {
    Content content = catalogue.byInfoHash(infoHash);
    return content == null ? null : content.cached();
  }
}
