package io.weir.origin;

import io.weir.origin.source.OriginAllowList;
import io.weir.origin.source.OriginCredential;
import io.weir.origin.source.OriginCredentials;
import io.weir.origin.source.ReadBounds;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.metainfo.TorrentFormat;
import io.weir.protocol.process.ProcessConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an origin adapter, as in its YAML file.
 *
 * @param listen fill and ingest API, and metrics; where it is not loopback, metrics ask for the
 *     credential too
 * @param dataDir everything it keeps on disk
 * @param credentialFile file with the credential that edges and control plane show
 * @param origins which origins may be read
 * @param spool the bytes kept for edges
 * @param torrentFormat what the torrents of newly ingested content carry
 * @param shutdownGrace how long fills under way may take to finish at SIGTERM, 0 to 1 h
 */
public record OriginAdapterConfig(
    ListenAddress listen,
    Path dataDir,
    Path credentialFile,
    Origins origins,
    Spool spool,
    TorrentFormat torrentFormat,
    Duration shutdownGrace)
    implements ProcessConfig {
  /**
   * Checks what does not depend on this machine.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  public OriginAdapterConfig {
    ProcessConfig.requireShutdownGrace(shutdownGrace);
  }

  /**
   * The allow-list, what is shown to those on it, and what is asked of them. Anything not named
   * here is refused before a packet leaves.
   *
   * @param hosts host names or literal addresses of HTTP(S) origins; {@code *.example.org} for
   *     every name below
   * @param roots directories that {@code file:} origins must lie in, after links are resolved
   * @param privateAddresses whether a host may resolve to a loopback, link-local or private address
   * @param revalidateEvery how long after one look at the objects of everything ingested the next
   *     begins, which finds those that were replaced; 0 for never
   * @param credentials what is shown to which host; the first that names it is used
   * @param connectionsPerHost connections open at once to one scheme, host and port, 1 to 256
   * @param minimumRate bytes a second below which an origin is given up, 1B or more
   */
  public record Origins(
      List<String> hosts,
      List<Path> roots,
      boolean privateAddresses,
      Duration revalidateEvery,
      List<Credential> credentials,
      int connectionsPerHost,
      DataSize minimumRate) {
    private static final int MAX_CONNECTIONS_PER_HOST = 256;
    private static final int CONNECTIONS_PER_HOST = 16;
    private static final DataSize MINIMUM_RATE = new DataSize(4096);
    private static final Duration REVALIDATE_EVERY = Duration.ofMinutes(10);

    /** Copies, and validates the host patterns. */
    public Origins {
      hosts = List.copyOf(hosts);
      roots = List.copyOf(roots);
      credentials = List.copyOf(credentials);
      if (revalidateEvery.isNegative()) {
        throw new IllegalArgumentException("revalidate-every must be 0 or more");
      }
      if (connectionsPerHost < 1 || connectionsPerHost > MAX_CONNECTIONS_PER_HOST) {
        throw new IllegalArgumentException(
            "connections-per-host is 1 to " + MAX_CONNECTIONS_PER_HOST);
      }
      if (minimumRate.bytes() < 1) {
        throw new IllegalArgumentException("minimum-rate is 1B or more");
      }
      OriginAllowList unused = new OriginAllowList(hosts, roots, privateAddresses);
    }

    /** Nothing shown to them; looked at, and asked as much of, as by default. */
    public Origins(List<String> hosts, List<Path> roots, boolean privateAddresses) {
      this(
          hosts,
          roots,
          privateAddresses,
          REVALIDATE_EVERY,
          List.of(),
          CONNECTIONS_PER_HOST,
          MINIMUM_RATE);
    }

    OriginAllowList allowList() {
      return new OriginAllowList(hosts, roots, privateAddresses);
    }

    OriginCredentials originCredentials() {
      return new OriginCredentials(credentials.stream().map(Credential::toCredential).toList());
    }

    ReadBounds bounds() {
      return ReadBounds.of(minimumRate.bytes(), connectionsPerHost);
    }
  }

  /**
   * What is shown to some hosts: a header whose whole value is in a file, or a user name with the
   * password in a file. The file is read for every request, so that its change needs no restart. It
   * goes to the server that the origin's URL names and to none that it redirects to.
   *
   * @param host a host of the allow-list, or {@code *.example.org} for every name below
   * @param header name of the header, {@code Authorization} or another
   * @param valueFile file with the header's value
   * @param username for Basic authentication, in place of a header
   * @param passwordFile file with the user's password
   */
  public record Credential(
      String host,
      @Nullable String header,
      @Nullable Path valueFile,
      @Nullable String username,
      @Nullable Path passwordFile) {
    /** Validates; reads no file. */
    public Credential {
      OriginCredential unused = toCredential(host, header, valueFile, username, passwordFile);
    }

    private OriginCredential toCredential() {
      return toCredential(host, header, valueFile, username, passwordFile);
    }

    private static OriginCredential toCredential(
        @Nullable String host,
        @Nullable String header,
        @Nullable Path valueFile,
        @Nullable String username,
        @Nullable Path passwordFile) {
      if (host == null) {
        throw new IllegalArgumentException("a credential needs a host");
      }
      if (header != null && valueFile != null && username == null && passwordFile == null) {
        return OriginCredential.ofHeader(host, header, valueFile);
      }
      if (username != null && passwordFile != null && header == null && valueFile == null) {
        return OriginCredential.ofPassword(host, username, passwordFile);
      }
      throw new IllegalArgumentException(
          "a credential is header and value-file, or username and password-file");
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
        TorrentFormat.V1,
        Duration.ofSeconds(10));
  }
}
