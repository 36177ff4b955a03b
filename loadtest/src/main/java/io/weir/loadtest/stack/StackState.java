package io.weir.loadtest.stack;

import io.weir.protocol.control.Json;
import io.weir.protocol.process.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a stack's directory remembers of how it was started, so that it comes back on the same
 * ports: {@code stack.json}, replaced whole.
 *
 * @param host the address bound
 * @param controlPlanePort TCP
 * @param originAdapterPort TCP
 * @param edges one entry an edge, in order of their ids
 * @param originHosts hosts that the adapter may read
 * @param originRoots directories that {@code file:} origins may lie in
 */
record StackState(
    String host,
    int controlPlanePort,
    int originAdapterPort,
    List<EdgePorts> edges,
    List<String> originHosts,
    List<String> originRoots) {
  private static final String FILE = "stack.json";

  /**
   * One edge's ports; 0 is any free port.
   *
   * @param http content over HTTP, TCP
   * @param peer peer wire, TCP and UDP
   * @param udpTracker UDP
   * @param admin TCP
   */
  record EdgePorts(int http, int peer, int udpTracker, int admin) {
    /** Any free ports. */
    static final EdgePorts ANY = new EdgePorts(0, 0, 0, 0);
  }

  /** What was left by an earlier start, if there was one. */
  static Optional<StackState> read(Path dir) throws IOException {
    Path file = dir.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(Json.MAPPER.readValue(file.toFile(), StackState.class))
        : Optional.empty();
  }

  void write(Path dir) throws IOException {
    String json = Json.MAPPER.writeValueAsString(this) + "\n";
    DurableFile.write(dir.resolve(FILE), json.getBytes(StandardCharsets.UTF_8));
  }
}
