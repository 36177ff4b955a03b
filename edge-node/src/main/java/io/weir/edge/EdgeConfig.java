package io.weir.edge;

import io.weir.protocol.config.BaseUrl;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.control.RegisteredName;
import io.weir.protocol.process.ProcessConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an edge node, as in its YAML file.
 *
 * @param nodeId the node's name, {@code [a-z0-9][a-z0-9._-]{0,62}}
 * @param dataDir everything it keeps on disk; one process at a time
 * @param advertise the host that others reach it by, null for the bound address
 * @param listen where it binds
 * @param tls certificate and key of the HTTPS listener
 * @param controlPlane the link to the control plane
 * @param store the piece store
 * @param hotTier the hot tier
 * @param shutdownGrace how long downloads under way may take to finish at SIGTERM, 0 to 1 h
 */
public record EdgeConfig(
    String nodeId,
    Path dataDir,
    @Nullable String advertise,
    Listen listen,
    Tls tls,
    ControlPlane controlPlane,
    Store store,
    HotTier hotTier,
    Duration shutdownGrace)
    implements ProcessConfig {
  /**
   * Checks what does not depend on this machine.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  public EdgeConfig {
    if (!RegisteredName.isValid(nodeId)) {
      throw new IllegalArgumentException(
          "node-id: must match " + RegisteredName.GRAMMAR + ", not " + nodeId);
    }
    if (advertise != null && advertise.isBlank()) {
      throw new IllegalArgumentException("advertise: must be a host or left out");
    }
    if (listen.https() != null) {
      tls.require();
    }
    ProcessConfig.requireShutdownGrace(shutdownGrace);
  }

  /**
   * Listeners; port 0 is any free port.
   *
   * @param http content, web seed, HTTP tracker
   * @param https the same over TLS, null for none
   * @param peer peer wire, TCP, and UDP for uTP's reset; both at one port
   * @param udpTracker UDP tracker
   * @param admin metrics and health; where it is not loopback, metrics ask for the node credential
   *     as bearer token
   */
  public record Listen(
      ListenAddress http,
      @Nullable ListenAddress https,
      ListenAddress peer,
      ListenAddress udpTracker,
      ListenAddress admin) {}

  /**
   * What the HTTPS listener shows to clients. Both files are looked at every few seconds, and taken
   * into use when they have changed.
   *
   * @param certificate PEM file, the server's certificate first, then its chain; null where there
   *     is no HTTPS listener
   * @param key PEM file with the certificate's key, PKCS #8, not encrypted; null likewise
   */
  public record Tls(@Nullable Path certificate, @Nullable Path key) {
    private void require() {
      if (certificate == null) {
        throw new IllegalArgumentException("tls.certificate: required with listen.https");
      }
      if (key == null) {
        throw new IllegalArgumentException("tls.key: required with listen.https");
      }
    }
  }

  /**
   * The control plane, and the credential shown to it and to origin adapters.
   *
   * @param url base URL
   * @param credentialFile file with the node credential
   * @param heartbeat interval of reports
   */
  public record ControlPlane(String url, Path credentialFile, Duration heartbeat) {
    /**
     * Checks what does not depend on this machine.
     *
     * @throws IllegalArgumentException naming the key and what is wrong
     */
    public ControlPlane {
      BaseUrl.require("url", url);
      if (heartbeat.toMillis() < 1) {
        throw new IllegalArgumentException("heartbeat: must be 1 ms or more");
      }
    }
  }

  /**
   * The store on disk.
   *
   * @param capacity byte cap of stored pieces; leave the disk a third more
   * @param scrubRate bytes a second at which stored pieces are read and hashed again in the
   *     background, 0 for never
   */
  public record Store(DataSize capacity, DataSize scrubRate) {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException naming the key and what is wrong
     */
    public Store {
      requireSome("capacity", capacity);
    }
  }

  /**
   * The hot tier in memory.
   *
   * @param capacity byte cap of hot pieces, off-heap
   */
  public record HotTier(DataSize capacity) {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException naming the key and what is wrong
     */
    public HotTier {
      requireSome("capacity", capacity);
    }
  }

  /** The reference configuration. */
  public static EdgeConfig defaults() {
    return new EdgeConfig(
        "edge",
        Path.of("/var/lib/weir/edge-node"),
        null,
        new Listen(
            new ListenAddress("0.0.0.0", 8080),
            null,
            new ListenAddress("0.0.0.0", 6881),
            new ListenAddress("0.0.0.0", 6969),
            new ListenAddress("127.0.0.1", 7072)),
        new Tls(null, null),
        new ControlPlane(
            "http://127.0.0.1:7070", Path.of("/etc/weir/node-credential"), Duration.ofSeconds(5)),
        new Store(DataSize.ofMebibytes(64 * 1024), DataSize.ofMebibytes(4)),
        new HotTier(DataSize.ofMebibytes(512)),
        Duration.ofSeconds(10));
  }

  private static void requireSome(String key, DataSize size) {
    if (size.bytes() < 1) {
      throw new IllegalArgumentException(key + ": must be more than nothing");
    }
  }
}
