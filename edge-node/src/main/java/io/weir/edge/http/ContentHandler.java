package io.weir.edge.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.weir.edge.cache.PieceCache;
import io.weir.edge.swarm.Content;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.TorrentFile;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} and {@code HEAD /c/{contentId}/{path}}: a file, whole or in ranges (RFC 9110 §14),
 * with conditions (§13). Also the web seed of BEP 19.
 *
 * <p>A content can get a new version under the same URL, so caches may keep what they get but ask
 * each time whether its tag is still right.
 */
final class ContentHandler implements ContentResource<Representation> {
  private static final int SEGMENTS_BEFORE_FILE = 2;

  private final PieceCache cache;
  private final SendBuffers sendBuffers;
  private final HttpMetrics metrics;
  private final RandomGenerator random;

  /**
   * @param random for multipart boundaries; called from all I/O threads
   */
  ContentHandler(
      PieceCache cache, SendBuffers sendBuffers, HttpMetrics metrics, RandomGenerator random) {
    this.cache = cache;
    this.sendBuffers = sendBuffers;
    this.metrics = metrics;
    this.random = random;
  }

  @Override
  public String contentId(List<String> segments) {
    return segments.get(1);
  }

  @Override
  public @Nullable Representation find(Content content, List<String> segments) {
    TorrentFile file =
        fileAt(content.metainfo(), segments.subList(SEGMENTS_BEFORE_FILE, segments.size()));
    return file == null ? null : Representation.of(content.cached(), file);
  }

  /** The torrent's name alone, or for several files the name and the path below it (BEP 19). */
  private static @Nullable TorrentFile fileAt(Metainfo metainfo, List<String> path) {
    if (!metainfo.multiFile()) {
      return metainfo.fileAt(path);
    }
    return !path.isEmpty() && path.get(0).equals(metainfo.name())
        ? metainfo.fileAt(path.subList(1, path.size()))
        : null;
  }

  @Override
  public void answer(HttpServerExchange exchange, Representation file) {
    EntityTag tag = file.tag();
    exchange
        .getResponseHeaders()
        .put(Headers.ETAG, tag.value())
        .put(Headers.CACHE_CONTROL, "public, no-cache");
    HeaderMap asked = exchange.getRequestHeaders();
    switch (tag.judge(header(asked, Headers.IF_MATCH), header(asked, Headers.IF_NONE_MATCH))) {
      case PRECONDITION_FAILED -> Answers.text(exchange, 412, "precondition failed");
      case NOT_MODIFIED -> exchange.setStatusCode(304).endExchange();
      case PROCEED -> send(exchange, file, ranges(exchange, file));
    }
  }

  /** The ranges to send; HEAD has none, since Range is defined for GET alone (§14.2). */
  private static ByteRanges ranges(HttpServerExchange exchange, Representation file) {
    HeaderMap asked = exchange.getRequestHeaders();
    if (exchange.getRequestMethod().equals(Methods.HEAD)
        || !file.tag().allowsRange(header(asked, Headers.IF_RANGE))) {
      return new ByteRanges.Whole();
    }
    return ByteRanges.parse(header(asked, Headers.RANGE), file.lengthBytes());
  }

  private void send(HttpServerExchange exchange, Representation file, ByteRanges ranges) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.ACCEPT_RANGES, "bytes");
    if (ranges instanceof ByteRanges.Parts several && several.ranges().size() > 1) {
      MultipartByteRanges multipart =
          MultipartByteRanges.of(Long.toHexString(random.nextLong()), several.ranges(), file);
      exchange.setStatusCode(206);
      sendBody(exchange, file, multipart.contentType(), multipart.parts());
    } else if (ranges instanceof ByteRanges.Parts one) {
      ByteRange range = one.ranges().get(0);
      exchange.setStatusCode(206);
      headers.put(
          Headers.CONTENT_RANGE, MultipartByteRanges.contentRange(range, file.lengthBytes()));
      sendBody(exchange, file, file.mediaType(), List.of(file.stretch(range)));
    } else if (ranges instanceof ByteRanges.Unsatisfiable) {
      headers.put(Headers.CONTENT_RANGE, "bytes */" + file.lengthBytes());
      Answers.text(exchange, 416, "no such range");
    } else {
      sendBody(exchange, file, file.mediaType(), List.of(file.whole()));
    }
  }

  private void sendBody(
      HttpServerExchange exchange, Representation file, String mediaType, List<BodyPart> parts) {
    long lengthBytes = 0;
    for (BodyPart part : parts) {
      lengthBytes += part.lengthBytes();
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType);
    exchange.setResponseContentLength(lengthBytes);
    if (lengthBytes == 0 || exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.endExchange();
    } else {
      BodyCursor cursor =
          new BodyCursor(cache, file.content(), parts, lengthBytes, !exchange.isSecure());
      new BodyWriter(exchange, cursor, sendBuffers, metrics).start();
    }
  }

  /** All of a header's lines as one list, null where there is none. */
  private static @Nullable String header(HeaderMap headers, HttpString name) {
    HeaderValues values = headers.get(name);
    if (values == null) {
      return null;
    }
    return values.size() == 1 ? values.getFirst() : String.join(", ", values);
  }
}
