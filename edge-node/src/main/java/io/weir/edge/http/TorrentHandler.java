package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.weir.edge.swarm.Content;
import io.weir.protocol.control.NodeEndpoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /t/{contentId}.torrent}: the metainfo, with this edge's trackers and web seed first.
 */
final class TorrentHandler implements ContentResource<Content> {
  private static final String SUFFIX = ".torrent";
  private static final int SEGMENTS = 2;

  private final NodeEndpoints self;

  TorrentHandler(NodeEndpoints self) {
    this.self = self;
  }

  @Override
  public @Nullable String contentId(List<String> segments) {
    String fileName = segments.get(1);
    return segments.size() == SEGMENTS && fileName.endsWith(SUFFIX)
        ? fileName.substring(0, fileName.length() - SUFFIX.length())
        : null;
  }

  @Override
  public Content find(Content content, List<String> segments) {
    return content;
  }

  /** Metainfo can be megabytes long, too much to write on an I/O thread. */
  @Override
  public void answer(HttpServerExchange exchange, Content content) {
    exchange.dispatch(worker -> send(worker, content));
  }

  private void send(HttpServerExchange exchange, Content content) {
    SwarmAddresses addresses = SwarmAddresses.of(content, self);
    exchange
        .getResponseHeaders()
        .put(Headers.CACHE_CONTROL, "public, no-cache")
        .put(Headers.CONTENT_DISPOSITION, "attachment; filename=\"" + content.id() + SUFFIX + '"');
    Answers.body(
        exchange,
        "application/x-bittorrent",
        content.metainfo().toTorrent(addresses.announceTiers(), addresses.webSeeds()));
  }
}
