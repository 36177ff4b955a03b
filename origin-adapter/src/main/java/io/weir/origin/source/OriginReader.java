package io.weir.origin.source;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import java.net.URI;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Reads objects from the origins that the allow-list permits. Blocking; safe for any number of
 * threads; owns its connections.
 */
public final class OriginReader implements AutoCloseable {
  private final HttpFetch fetch;
  private final Origin http;
  private final Origin file;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final Pause pause;
  private final OriginMetrics metrics;

  /** The generator must be safe for any thread. */
  public OriginReader(
      OriginAllowList allowList,
      RetryPolicy retries,
      RandomGenerator random,
      Pause pause,
      OriginMetrics metrics) {
    this.fetch = new HttpFetch(allowList);
    this.http = new HttpOrigin(fetch);
    this.file = new FileOrigin(allowList);
    this.retries = retries;
    this.random = random;
    this.pause = pause;
    this.metrics = metrics;
  }

  /** The object that is at the URL now; asked again while the failure may pass. */
  public OriginObject probe(URI url, ReadLimit limit) throws OriginException {
    Attempts attempts = attempts();
    while (true) {
      limit.check();
      try {
        OriginObject object = origin(url).probe(url);
        metrics.onOriginRequest("ok");
        return object;
      } catch (OriginException e) {
        metrics.onOriginRequest(e.fault().name().toLowerCase(Locale.ROOT));
        limit.check();
        attempts.onFailure(e);
      }
    }
  }

  /** A range of the version that was probed; nothing is asked until it is read. */
  public RangeStream read(
      URI url, OriginObject pinned, ByteRange range, ReadReason reason, ReadLimit limit) {
    Origin origin = origin(url);
    return new RangeStream(
        missing -> origin.open(url, pinned, missing), range, attempts(), limit, reason, metrics);
  }

  private Origin origin(URI url) {
    return "file".equalsIgnoreCase(url.getScheme()) ? file : http;
  }

  private Attempts attempts() {
    return new Attempts(retries, random, pause);
  }

  /** Cuts every open connection. */
  @Override
  public void close() {
    fetch.close();
  }
}
