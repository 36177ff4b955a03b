package io.weir.control.api;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.Source;
import io.weir.control.catalogue.TorrentFacts;
import io.weir.control.db.Catalogue;
import io.weir.control.db.Catalogue.Change;
import io.weir.control.db.Nodes;
import io.weir.control.ingest.Adapters;
import io.weir.control.node.Node;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.util.List;
import java.util.Optional;

/** {@code /v1/contents}: what operators register. */
final class ContentResource {
  private final Catalogue catalogue;
  private final Nodes nodes;
  private final Adapters adapters;
  private final ContentViews views;

  ContentResource(Catalogue catalogue, Nodes nodes, Adapters adapters, ContentViews views) {
    this.catalogue = catalogue;
    this.nodes = nodes;
    this.adapters = adapters;
    this.views = views;
  }

  Outcome list(ApiRequest request) throws RequestFault {
    PageRequest page = PageRequest.of(request);
    List<Node> registered = nodes.all();
    return Outcome.Document.ok(
        page.page(
            catalogue.page(page.afterId(), page.fetch()).stream()
                .map(content -> views.of(content, registered, request.baseUrl()))
                .toList(),
            view -> view.id()));
  }

  Outcome get(ApiRequest request) throws RequestFault {
    ContentId id = request.contentId("id");
    Preconditions conditions = Preconditions.of(request);
    Optional<Content> found = catalogue.find(id);
    if (found.isEmpty()) {
      return notHere(id);
    }
    if (!conditions.matches(found)) {
      return conditionFailed(id);
    }
    return conditions.isOneOfNone(found)
        ? new Outcome.NotModified(EntityTag.of(found.get()))
        : document(200, found.get(), request);
  }

  Outcome put(ApiRequest request) throws RequestFault {
    ContentId id = request.contentId("id");
    Preconditions conditions = Preconditions.of(request);
    Source source = PublishedSource.of(PublishBody.of(request));
    return outcome(
        catalogue.register(id, source, adapters.forContent(id.value()), conditions), id, request);
  }

  Outcome purge(ApiRequest request) throws RequestFault {
    ContentId id = request.contentId("id");
    return outcome(
        catalogue.purge(id, adapters.forContent(id.value()), Preconditions.of(request)),
        id,
        request);
  }

  Outcome delete(ApiRequest request) throws RequestFault {
    ContentId id = request.contentId("id");
    return outcome(catalogue.delete(id, Preconditions.of(request)), id, request);
  }

  Outcome torrent(ApiRequest request) throws RequestFault {
    ContentId id = request.contentId("id");
    Optional<Content> found = catalogue.find(id);
    if (found.isEmpty()) {
      return notHere(id);
    }
    Content content = found.get();
    TorrentFacts facts = content.torrent();
    Optional<byte[]> bare = catalogue.metainfo(id, content.version());
    return facts == null || bare.isEmpty()
        ? Fault.CONFLICT.because("content " + id + " is not ready")
        : torrent(content, facts, bare.get());
  }

  private Outcome torrent(Content content, TorrentFacts facts, byte[] bare) {
    List<Node> holders = views.holders(content, nodes.all());
    try {
      byte[] torrent =
          Metainfo.parse(bare)
              .toTorrent(
                  EdgeUrls.announceTiers(holders), EdgeUrls.webSeeds(content, facts, holders));
      return new Outcome.Bytes(
          "application/x-bittorrent",
          torrent,
          content.source().name().toPathSegment() + ".torrent");
    } catch (MetainfoException e) {
      throw new IllegalStateException("stored metainfo of " + content.id() + " is broken", e);
    }
  }

  private Outcome outcome(Change change, ContentId id, ApiRequest request) {
    if (change instanceof Change.Accepted accepted) {
      return document(202, accepted.content(), request);
    } else if (change instanceof Change.Unchanged unchanged) {
      return document(200, unchanged.content(), request);
    } else if (change instanceof Change.Deleted) {
      return new Outcome.Nothing();
    } else if (change instanceof Change.ConditionFailed) {
      return conditionFailed(id);
    }
    return notHere(id);
  }

  private Outcome document(int status, Content content, ApiRequest request) {
    return new Outcome.Document(
        status, views.of(content, nodes.all(), request.baseUrl()), EntityTag.of(content));
  }

  private static Outcome conditionFailed(ContentId id) {
    return Fault.PRECONDITION_FAILED.because(
        "If-Match, If-None-Match: content " + id + " is not in the state that they ask for");
  }

  private static Outcome notHere(ContentId id) {
    return Fault.NOT_FOUND.because("id: no content " + id + " is registered");
  }
}
