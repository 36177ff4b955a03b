package io.weir.origin.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.jspecify.annotations.Nullable;

/**
 * Asks one HTTP question and gets the head of its answer, following a few redirects, each checked
 * like the first URL. A credential goes to the server that was asked first and to no other, nor to
 * that one once a redirect led elsewhere. Keeps no cookies. Safe for any number of threads.
 */
final class HttpFetch implements Closeable {
  private final OriginAllowList allowList;
  private final OriginCredentials credentials;
  private final ReadBounds bounds;
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final ExchangeWatch watch = new ExchangeWatch();
  private volatile boolean closed;

  HttpFetch(
      OriginAllowList allowList,
      OriginCredentials credentials,
      ReadBounds bounds,
      DnsResolver resolver,
      SSLContext tls) {
    this.allowList = allowList;
    this.credentials = credentials;
    this.bounds = bounds;
    this.connections = OriginClient.connections(resolver, tls, bounds);
    this.client = OriginClient.client(connections, bounds);
  }

  /** Returns owned: the caller closes the answer. */
  HttpAnswer send(String method, URI url, Map<String, String> headers) throws OriginException {
    URI hop = url;
    boolean atHome = true;
    for (int redirects = 0; redirects <= Redirect.MAX; redirects++) {
      requireAllowed(hop);
      atHome &= Redirect.staysAtServer(url, hop);
      HttpAnswer answer = sendOnce(method, hop, headers, atHome);
      String location = redirectLocation(answer);
      if (location == null) {
        return answer;
      }
      answer.close();
      hop = Redirect.target(hop, location);
    }
    throw new OriginException(
        Fault.REJECTED, "origin redirects more than " + Redirect.MAX + " times");
  }

  private void requireAllowed(URI url) throws OriginException {
    String refusal = allowList.refusal(url);
    if (refusal != null) {
      throw new OriginException(Fault.REFUSED, refusal);
    }
  }

  private HttpAnswer sendOnce(
      String method, URI url, Map<String, String> headers, boolean withCredential)
      throws OriginException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(url.toASCIIString()));
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    headers.forEach(request::setHeader);
    Optional<OriginCredential> credential = withCredential ? credentials.of(url) : Optional.empty();
    if (credential.isPresent()) {
      request.setHeader(credential.get().headerName(), value(credential.get()));
    }
    return new HttpAnswer(url, credential.isPresent(), request, execute(request, url));
  }

  private static String value(OriginCredential credential) throws OriginException {
    try {
      return credential.headerValue();
    } catch (IOException e) {
      throw new OriginException(
          Fault.REFUSED, "the credential for the origin is unusable: " + e.getMessage(), e);
    }
  }

  private ClassicHttpResponse execute(HttpUriRequestBase request, URI url) throws OriginException {
    HttpHost target = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    try {
      return watch.within(
          bounds.head(), request::cancel, () -> client.executeOpen(target, request, null));
    } catch (IOException | IllegalStateException e) {
      if (closed) {
        throw new OriginException(Fault.STOPPED, "the adapter is closing", e);
      }
      if (e instanceof IOException failure) {
        throw HttpFaults.ofHead(failure, bounds);
      }
      throw (IllegalStateException) e;
    }
  }

  /** The answer's body, empty if it has none; the answer goes on owning it. */
  InputStream body(HttpAnswer answer) throws IOException {
    HttpEntity entity = answer.response().getEntity();
    return entity == null
        ? InputStream.nullInputStream()
        : new WatchedStream(
            entity.getContent(), watch, bounds.rateWindow(), answer.request()::cancel);
  }

  private static @Nullable String redirectLocation(HttpAnswer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 -> answer.header(HttpHeaders.LOCATION);
      default -> null;
    };
  }

  /** What the connections are doing now. */
  PoolStats connections() {
    return connections.getTotalStats();
  }

  /** Cuts every open connection: reads that go on fail at once. */
  @Override
  public void close() {
    closed = true;
    client.close(CloseMode.IMMEDIATE);
    watch.close();
  }
}
