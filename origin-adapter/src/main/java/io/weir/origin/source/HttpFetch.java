package io.weir.origin.source;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks one HTTP question and gets the head of its answer, following a few redirects, each checked
 * like the first URL. Sends no credentials and keeps no cookies. Safe for any number of threads.
 */
final class HttpFetch implements Closeable {
  static final int MAX_REDIRECTS = 3;
  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
  private static final Timeout STALL_TIMEOUT = Timeout.ofSeconds(15);
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_HEADER_LINE_CHARS = 16 * 1024;
  private static final int MAX_HEADERS = 128;

  private final OriginAllowList allowList;
  private final CloseableHttpClient client;

  HttpFetch(OriginAllowList allowList) {
    this.allowList = allowList;
    this.client = client(new VettedResolver(allowList));
  }

  private static CloseableHttpClient client(VettedResolver resolver) {
    Http1Config http1 =
        Http1Config.custom()
            .setMaxLineLength(MAX_HEADER_LINE_CHARS)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    ConnectionConfig connections =
        ConnectionConfig.custom()
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setSocketTimeout(STALL_TIMEOUT)
            .build();
    RequestConfig requests =
        RequestConfig.custom()
            .setConnectionRequestTimeout(STALL_TIMEOUT)
            .setResponseTimeout(STALL_TIMEOUT)
            .setProtocolUpgradeEnabled(false)
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(http1).build())
                .setDefaultConnectionConfig(connections)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .build())
        .setDefaultRequestConfig(requests)
        .setUserAgent("Weir")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /** Returns owned: the caller closes the answer. */
  HttpAnswer send(String method, URI url, Map<String, String> headers) throws OriginException {
    URI hop = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpAnswer answer = sendOnce(method, hop, headers);
      String location = redirectLocation(answer);
      if (location == null) {
        return answer;
      }
      answer.close();
      hop = resolve(hop, location);
    }
    throw new OriginException(
        Fault.REJECTED, "origin redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpAnswer sendOnce(String method, URI url, Map<String, String> headers)
      throws OriginException {
    String refusal = allowList.refusal(url);
    if (refusal != null) {
      throw new OriginException(Fault.REFUSED, refusal);
    }
    HttpUriRequestBase request = new HttpUriRequestBase(method, url);
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    headers.forEach(request::setHeader);
    HttpHost target = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    try {
      return new HttpAnswer(url, request, client.executeOpen(target, request, null));
    } catch (AddressRefusedException e) {
      throw new OriginException(Fault.REFUSED, String.valueOf(e.getMessage()), e);
    } catch (SocketTimeoutException e) {
      throw new OriginException(Fault.TIMEOUT, "origin did not answer in time", e);
    } catch (IOException e) {
      throw new OriginException(Fault.UNREACHABLE, "no answer from the origin: " + e, e);
    }
  }

  private static @Nullable String redirectLocation(HttpAnswer answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 -> answer.header(HttpHeaders.LOCATION);
      default -> null;
    };
  }

  private URI resolve(URI from, String location) throws OriginException {
    try {
      URI to = from.resolve(location);
      if ("file".equalsIgnoreCase(to.getScheme())) {
        throw new OriginException(Fault.REFUSED, "a redirect from HTTP to a file is refused");
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw new OriginException(
          Fault.MALFORMED, "origin redirects to " + OriginException.quote(location), e);
    }
  }

  /** Cuts every open connection: reads that go on fail at once. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
