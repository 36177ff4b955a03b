package io.weir.origin.source;

import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Reads objects from the origins that the allow-list permits. Blocking; safe for any number of
 * threads; owns its connections.
 */
public final class OriginReader implements AutoCloseable {
  private final HttpFetch fetch;
  private final Origin http;
  private final Origin file;
  private final ReadBounds bounds;
  private final RandomGenerator random;
  private final OriginClock clock;
  private final OriginMetrics metrics;

  /** The generator must be safe for any thread. */
  public OriginReader(
      OriginAllowList allowList,
      OriginCredentials credentials,
      ReadBounds bounds,
      RandomGenerator random,
      OriginClock clock,
      OriginMetrics metrics) {
    this(
        allowList,
        new HttpFetch(
            allowList,
            credentials,
            bounds,
            new VettedResolver(InetAddress::getAllByName, allowList::allows),
            SSLContexts.createDefault()),
        bounds,
        random,
        clock,
        metrics);
  }

  /** Takes ownership of the fetch. */
  OriginReader(
      OriginAllowList allowList,
      HttpFetch fetch,
      ReadBounds bounds,
      RandomGenerator random,
      OriginClock clock,
      OriginMetrics metrics) {
    this.fetch = fetch;
    this.http = new HttpOrigin(fetch, clock::now);
    this.file = new FileOrigin(allowList);
    this.bounds = bounds;
    this.random = random;
    this.clock = clock;
    this.metrics = metrics;
    metrics.watchConnections(
        () -> fetch.connections().getLeased(), () -> fetch.connections().getPending());
  }

  /** The object that is at the URL now; asked again while the failure may pass. */
  public OriginObject probe(URI url, ReadLimit limit) throws OriginException {
    Attempts attempts = attempts();
    ReadBudget budget = new ReadBudget(bounds, clock, limit);
    while (true) {
      budget.check();
      try {
        OriginObject object = origin(url).probe(url);
        metrics.onOriginRequest("ok");
        return object;
      } catch (OriginException e) {
        metrics.onOriginRequest(e.fault().name().toLowerCase(Locale.ROOT));
        budget.check();
        attempts.onFailure(e, budget);
      }
    }
  }

  /** A range of the version that was probed; nothing is asked until it is read. */
  public RangeStream read(
      URI url, OriginObject pinned, ByteRange range, ReadReason reason, ReadLimit limit) {
    Origin origin = origin(url);
    return new RangeStream(
        missing -> origin.open(url, pinned, missing),
        range,
        attempts(),
        limit,
        bounds,
        clock,
        reason,
        metrics);
  }

  private Origin origin(URI url) {
    return "file".equalsIgnoreCase(url.getScheme()) ? file : http;
  }

  private Attempts attempts() {
    return new Attempts(bounds.retries(), random, clock);
  }

  /** Cuts every open connection. */
  @Override
  public void close() {
    fetch.close();
  }
}
