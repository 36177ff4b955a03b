package io.weir.edge;

import io.weir.protocol.config.DataSize;
import io.weir.protocol.config.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an edge node, as in its YAML file.
 *
 * @param nodeId the node's name
 * @param dataDir everything it keeps on disk
 * @param advertise the host that others reach it by, null for the bound address
 * @param listen where it binds
 * @param controlPlane the link to the control plane
 * @param store the piece store
 * @param hotTier the hot tier
 */
public record EdgeConfig(
    String nodeId,
    Path dataDir,
    @Nullable String advertise,
    Listen listen,
    ControlPlane controlPlane,
    Store store,
    HotTier hotTier) {
  /**
   * Listeners; port 0 is any free port.
   *
   * @param http content, web seed, HTTP tracker
   * @param peer peer wire, TCP, and UDP for uTP's reset
   * @param udpTracker UDP tracker
   * @param admin metrics and health
   */
  public record Listen(
      ListenAddress http, ListenAddress peer, ListenAddress udpTracker, ListenAddress admin) {}

  /**
   * The control plane, and the credential shown to it and to origin adapters.
   *
   * @param url base URL
   * @param credentialFile file with the node credential
   * @param heartbeat interval of reports
   */
  public record ControlPlane(String url, Path credentialFile, Duration heartbeat) {}

  /**
   * The store on disk.
   *
   * @param capacity byte cap of stored pieces
   */
  public record Store(DataSize capacity) {}

  /**
   * The hot tier in memory.
   *
   * @param capacity byte cap of hot pieces, off-heap
   */
  public record HotTier(DataSize capacity) {}

  /** The reference configuration. */
  public static EdgeConfig defaults() {
    return new EdgeConfig(
        "edge",
        Path.of("/var/lib/weir/edge-node"),
        null,
        new Listen(
            new ListenAddress("0.0.0.0", 8080),
            new ListenAddress("0.0.0.0", 6881),
            new ListenAddress("0.0.0.0", 6969),
            new ListenAddress("127.0.0.1", 7072)),
        new ControlPlane(
            "http://127.0.0.1:7070", Path.of("/etc/weir/node-credential"), Duration.ofSeconds(5)),
        new Store(DataSize.ofMebibytes(64 * 1024)),
        new HotTier(DataSize.ofMebibytes(512)));
  }
}
