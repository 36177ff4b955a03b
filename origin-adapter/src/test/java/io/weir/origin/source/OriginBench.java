package io.weir.origin.source;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/** A reader whose names, addresses, trust and bounds a test sets before it opens it. */
final class OriginBench implements AutoCloseable {
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  List<String> hosts = List.of("127.0.0.1", "*.example");
  List<OriginCredential> credentials = List.of();
  HostLookup names = InetAddress::getAllByName;
  Predicate<InetAddress> allowed = InetAddress::isLoopbackAddress;
  SSLContext tls = SSLContexts.createDefault();
  Duration stall = Duration.ofSeconds(10);
  Duration connect = Duration.ofSeconds(10);
  int connectionsPerHost = 4;
  private OriginReader reader;

  OriginReader open() {
    ReadBounds bounds =
        new ReadBounds(
            connect,
            stall,
            Duration.ofSeconds(20),
            1,
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            connectionsPerHost,
            new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMinutes(1)));
    OriginAllowList allowList = new OriginAllowList(hosts, List.of(), false);
    HttpFetch fetch =
        new HttpFetch(
            allowList,
            new OriginCredentials(credentials),
            bounds,
            new VettedResolver(names, allowed),
            tls);
    reader =
        new OriginReader(
            allowList,
            fetch,
            bounds,
            new Random(1),
            new SystemClock(),
            new OriginMetrics(registry));
    return reader;
  }

  OriginObject probe(URI url) throws OriginException {
    return reader.probe(url, () -> {});
  }

  byte[] read(URI url) throws OriginException {
    OriginObject object = probe(url);
    byte[] bytes = new byte[(int) object.lengthBytes()];
    try (RangeStream stream =
        reader.read(url, object, new ByteRange(0, bytes.length), ReadReason.INGEST, () -> {})) {
      stream.readFully(ByteBuffer.wrap(bytes));
    }
    return bytes;
  }

  double counted(String outcome) {
    return registry.get("weir.origin.requests").tag("outcome", outcome).counter().count();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /** An object of one byte, for any question. */
  static void oneByte(RawOrigin.Ask ask, RawOrigin.Wire wire) throws Exception {
    if (ask.method().equals("HEAD")) {
      wire.head("HTTP/1.1 200 OK", "Content-Length: 1");
    } else {
      wire.head("HTTP/1.1 206 Partial Content", "Content-Range: bytes 0-0/1", "Content-Length: 1");
      wire.bytes(new byte[] {7});
    }
    wire.keep();
  }

  static void redirect(RawOrigin.Wire wire, Object location) throws Exception {
    wire.head("HTTP/1.1 302 Found", "Location: " + location, "Content-Length: 0");
    wire.keep();
  }
}
