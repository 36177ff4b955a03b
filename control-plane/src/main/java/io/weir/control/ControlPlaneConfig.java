package io.weir.control;

import io.weir.protocol.config.BaseUrl;
import io.weir.protocol.config.ListenAddress;
import io.weir.protocol.process.ProcessConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Configuration of a control plane, as in its YAML file.
 *
 * @param listen API and console
 * @param dataDir everything it keeps on disk
 * @param adminTokenFile file with the operator's token
 * @param nodeCredentialFile file with the credential that nodes show, and that is shown to adapters
 * @param originAdapters base URLs of origin adapters, at least one
 * @param replicas edges that each content is assigned to, 1 or more
 * @param shutdownGrace how long requests under way may take to finish at SIGTERM, 0 to 1 h
 */
public record ControlPlaneConfig(
    ListenAddress listen,
    Path dataDir,
    Path adminTokenFile,
    Path nodeCredentialFile,
    List<String> originAdapters,
    int replicas,
    Duration shutdownGrace)
    implements ProcessConfig {
  /**
   * Checks what does not depend on this machine.
   *
   * @throws IllegalArgumentException naming the key and what is wrong
   */
  public ControlPlaneConfig {
    originAdapters = List.copyOf(originAdapters);
    if (originAdapters.isEmpty()) {
      throw new IllegalArgumentException("origin-adapters: at least one is needed");
    }
    originAdapters.forEach(url -> BaseUrl.require("origin-adapters", url));
    if (replicas < 1) {
      throw new IllegalArgumentException("replicas: must be 1 or more, not " + replicas);
    }
    ProcessConfig.requireShutdownGrace(shutdownGrace);
  }

  /** The reference configuration. */
  public static ControlPlaneConfig defaults() {
    return new ControlPlaneConfig(
        new ListenAddress("127.0.0.1", 7070),
        Path.of("/var/lib/weir/control-plane"),
        Path.of("/etc/weir/admin-token"),
        Path.of("/etc/weir/node-credential"),
        List.of("http://127.0.0.1:7071"),
        2,
        Duration.ofSeconds(10));
  }
}
