package io.weir.origin;

import io.weir.origin.source.OriginAllowList;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Configuration of an origin adapter, as in its YAML file.
 *
 * @param listen fill and ingest API
 * @param dataDir everything it keeps on disk
 * @param credentialFile file with the credential that edges and control plane show
 * @param origins which origins may be read
 * @param spool the bytes kept for edges
 * @param torrentFormat what the torrents of newly ingested content carry
 */
public record OriginAdapterConfig(
    ListenAddress listen,
    Path dataDir,
    Path credentialFile,
    Origins origins,
    Spool spool,
    TorrentFormat torrentFormat) {
  /**
   * The allow-list. Anything not named here is refused before a packet leaves.
   *
   * @param hosts host names or literal addresses of HTTP(S) origins; {@code *.example.org} for
   *     every name below
   * @param roots directories that {@code file:} origins must lie in, after links are resolved
   * @param privateAddresses whether a host may resolve to a loopback, link-local or private address
   * @param revalidateEvery how long after one look at the objects of everything ingested the next
   *     begins, which finds those that were replaced; 0 for never
   */
  public record Origins(
      List<String> hosts, List<Path> roots, boolean privateAddresses, Duration revalidateEvery) {
    private static final Duration REVALIDATE_EVERY = Duration.ofMinutes(10);

    /** Copies, and validates the host patterns. */
    public Origins {
      hosts = List.copyOf(hosts);
      roots = List.copyOf(roots);
      if (revalidateEvery.isNegative()) {
        throw new IllegalArgumentException("revalidate-every must be 0 or more");
      }
      OriginAllowList unused = new OriginAllowList(hosts, roots, privateAddresses);
    }

    /** Looked at again as often as by default. */
    public Origins(List<String> hosts, List<Path> roots, boolean privateAddresses) {
      this(hosts, roots, privateAddresses, REVALIDATE_EVERY);
    }

    OriginAllowList allowList() {
      return new OriginAllowList(hosts, roots, privateAddresses);
    }
  }

  /**
   * Spooled bytes.
   *
   * @param capacity byte cap on disk; content above it may be read from its origin twice
   */
  public record Spool(DataSize capacity) {}

  /** The reference configuration. */
  public static OriginAdapterConfig defaults() {
    return new OriginAdapterConfig(
        new ListenAddress("127.0.0.1", 7071),
        Path.of("/var/lib/weir/origin-adapter"),
        Path.of("/etc/weir/node-credential"),
        new Origins(List.of(), List.of(), false),
        new Spool(DataSize.ofMebibytes(20 * 1024)),
        TorrentFormat.V1);
  }
}
