package io.weir.control.api;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.Content.NextVersion;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.ingest.IngestProgress;
import io.weir.control.node.HeartbeatBoard;
import io.weir.control.node.Node;
import io.weir.control.placement.Replicas;
import io.weir.control.view.ContentView;
import io.weir.control.view.ContentView.NextView;
import io.weir.control.view.ContentView.OriginView;
import io.weir.control.view.ContentView.Progress;
import io.weir.control.view.ContentView.ReplicaView;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import io.weir.protocol.metainfo.Magnet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the view of a content from what is registered and what was last heard. */
final class ContentViews {
  private final IngestProgress progress;
  private final HeartbeatBoard heartbeats;
  private final Replicas replicas;

  ContentViews(IngestProgress progress, HeartbeatBoard heartbeats, Replicas replicas) {
    this.progress = progress;
    this.heartbeats = heartbeats;
    this.replicas = replicas;
  }

  /** The nodes that the content is assigned to. */
  List<Node> holders(Content content, List<Node> nodes) {
    return replicas.of(content.id().value(), nodes);
  }

  ContentView of(Content content, List<Node> nodes, String baseUrl) {
    List<Node> holders = holders(content, nodes);
    @Nullable TorrentFacts torrent = content.torrent();
    @Nullable InfoHash infoHash = torrent == null ? null : torrent.infoHash();
    @Nullable InfoHashV2 infoHashV2 = torrent == null ? null : torrent.infoHashV2();
    return new ContentView(
        content.id().value(),
        content.version(),
        content.state().word(),
        content.failure(),
        content.next() == null ? null : next(content.id(), content.next()),
        origin(content.source().origin()),
        content.source().name().value(),
        content.source().fileCount(),
        content.source().isImported(),
        torrent == null ? null : torrent.lengthBytes(),
        torrent == null ? null : torrent.pieceLengthBytes(),
        torrent == null ? null : torrent.pieces(),
        infoHash == null ? null : infoHash.toHex(),
        infoHashV2 == null ? null : infoHashV2.toHex(),
        torrent == null ? null : magnet(content, torrent, holders),
        http(content, nodes),
        baseUrl + "/v1/contents/" + content.id() + "/torrent",
        progress(content),
        holders.stream().map(node -> replica(content, node)).toList(),
        content.createdAt().toString(),
        content.updatedAt().toString());
  }

  private List<String> http(Content content, List<Node> nodes) {
    if (content.state() == ContentState.FAILED) {
      return List.of(); // edges do not know it
    }
    return EdgeUrls.firstFiles(content, replicas.ranking(content.id().value(), nodes));
  }

  private static OriginView origin(Origin origin) {
    String url = origin.toString();
    return origin.isBase() ? new OriginView(null, url) : new OriginView(url, null);
  }

  private NextView next(ContentId id, NextVersion next) {
    return new NextView(
        next.version(),
        next.state().word(),
        next.failure(),
        underWay(id, next.version()),
        next.retryAt() == null ? null : next.retryAt().toString());
  }

  private static String magnet(Content content, TorrentFacts torrent, List<Node> holders) {
    List<String> trackers = EdgeUrls.announceTiers(holders).stream().flatMap(List::stream).toList();
    return new Magnet(
            torrent.infoHash(),
            torrent.infoHashV2(),
            content.source().name().value(),
            trackers,
            EdgeUrls.webSeeds(content, torrent, holders))
        .toLink();
  }

  private Progress progress(Content content) {
    if (content.torrent() != null) {
      long lengthBytes = content.torrent().lengthBytes();
      return new Progress(lengthBytes, lengthBytes);
    }
    return underWay(content.id(), content.version());
  }

  private Progress underWay(ContentId id, int version) {
    Optional<IngestStatus> status = progress.of(id, version);
    return new Progress(
        status.map(IngestStatus::hashedBytes).orElse(0L),
        status.map(IngestStatus::totalBytes).filter(total -> total >= 0).orElse(null));
  }

  private ReplicaView replica(Content content, Node node) {
    return new ReplicaView(
        node.id(),
        heartbeats.piecesHeld(node.id(), content.id().value(), content.version()),
        content.torrent() == null ? 0 : content.torrent().pieces());
  }
}
