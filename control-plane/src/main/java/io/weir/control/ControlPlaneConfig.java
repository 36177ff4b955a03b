package io.weir.control;

import io.weir.protocol.config.ListenAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * Configuration of a control plane, as in its YAML file.
 *
 * @param listen API and console
 * @param dataDir everything it keeps on disk
 * @param adminTokenFile file with the operator's token
 * @param nodeCredentialFile file with the credential that nodes show, and that is shown to adapters
 * @param originAdapters base URLs of origin adapters
 * @param replicas edges that each ready content is assigned to
 */
public record ControlPlaneConfig(
    ListenAddress listen,
    Path dataDir,
    Path adminTokenFile,
    Path nodeCredentialFile,
    List<String> originAdapters,
    int replicas) {
  /** The reference configuration. */
  public static ControlPlaneConfig defaults() {
    return new ControlPlaneConfig(
        new ListenAddress("127.0.0.1", 7070),
        Path.of("/var/lib/weir/control-plane"),
        Path.of("/etc/weir/admin-token"),
        Path.of("/etc/weir/node-credential"),
        List.of("http://127.0.0.1:7071"),
        2);
  }
}
