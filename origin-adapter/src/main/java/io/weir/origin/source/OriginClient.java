package io.weir.origin.source;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client with everything switched off that would act by itself: redirects, retries,
 * decoding, cookies, credentials, proxies.
 */
final class OriginClient {
  /** At all hosts together; more wait. */
  static final int MAX_CONNECTIONS = 256;

  static final int MAX_HEADER_LINE_CHARS = 16 * 1024;
  static final int MAX_HEADERS = 128;

  /** After this a name is looked up anew, however busy its connections are. */
  private static final TimeValue TIME_TO_LIVE = TimeValue.ofMinutes(5);

  static PoolingHttpClientConnectionManager connections(
      DnsResolver resolver, SSLContext tls, ReadBounds bounds) {
    Http1Config http1 =
        Http1Config.custom()
            .setMaxLineLength(MAX_HEADER_LINE_CHARS)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver)
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(http1)
                .responseParserFactory(http -> new WholeHeadParser(http1))
                .build())
        .setDefaultTlsConfig(
            TlsConfig.custom().setHandshakeTimeout(timeout(bounds.connect())).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(bounds.connect()))
                .setSocketTimeout(timeout(bounds.stall()))
                .setTimeToLive(TIME_TO_LIVE)
                .build())
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(bounds.connectionsPerHost())
        .build();
  }

  /** Owns the connections from here on. */
  static CloseableHttpClient client(
      PoolingHttpClientConnectionManager connections, ReadBounds bounds) {
    RequestConfig requests =
        RequestConfig.custom()
            .setConnectionRequestTimeout(timeout(bounds.stall()))
            .setResponseTimeout(timeout(bounds.stall()))
            .setProtocolUpgradeEnabled(false)
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(requests)
        .setUserAgent("Weir")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }

  private OriginClient() {}
}
