package io.weir.loadtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.weir.control.view.ContentView;
import io.weir.loadtest.stack.RoleProcess;
import io.weir.loadtest.stack.Stack;
import io.weir.loadtest.stack.StackAddresses;
import io.weir.loadtest.stack.StackClient;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} says when everything is ready; its JSON is a contract with scripts.
 *
 * @param controlPlane the API
 * @param originAdapter the adapter
 * @param edges where each edge is reached
 * @param contents every registered content
 */
record UpReport(
    ControlPlane controlPlane,
    OriginAdapter originAdapter,
    List<Edge> edges,
    List<Content> contents) {
  /**
   * The control plane.
   *
   * @param url base URL
   * @param token the operator's
   * @param process its own, left out if it has none
   */
  record ControlPlane(String url, String token, @JsonUnwrapped @Nullable RoleProcess process) {}

  /**
   * The origin adapter.
   *
   * @param url base URL
   * @param process its own, left out if it has none
   */
  record OriginAdapter(String url, @JsonUnwrapped @Nullable RoleProcess process) {}

  /**
   * An edge.
   *
   * @param endpoints where it is reached
   * @param https base URL of content over TLS, left out if it has none
   * @param process its own, left out if it has none
   */
  record Edge(
      @JsonUnwrapped NodeEndpoints endpoints,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String https,
      @JsonUnwrapped @Nullable RoleProcess process) {}

  /**
   * One content.
   *
   * @param id content id
   * @param state {@code ingesting}, {@code ready} or {@code failed}
   * @param infoHash v1, 40 hex digits, null until ready
   * @param magnet link, null until ready
   * @param torrentFile absolute path of the .torrent, null until ready
   * @param http full URL of the first file on each edge
   */
  record Content(
      String id,
      String state,
      @Nullable String infoHash,
      @Nullable String magnet,
      @Nullable String torrentFile,
      List<String> http) {}

  /** Asks the stack, and writes the .torrent of each ready content to {@code torrents/}. */
  static UpReport of(Stack stack, StackClient client, Path dir)
      throws IOException, InterruptedException {
    Path torrents = Files.createDirectories(dir.resolve("torrents"));
    List<Content> contents = new ArrayList<>();
    for (ContentView view : client.contents()) {
      Path torrent = null;
      if (view.state().equals("ready")) {
        client.awaitServed(view);
        torrent = Files.write(torrents.resolve(view.id() + ".torrent"), client.torrent(view.id()));
      }
      contents.add(
          new Content(
              view.id(),
              view.state(),
              view.infoHash(),
              view.magnet(),
              torrent == null ? null : torrent.toString(),
              view.http()));
    }
    StackAddresses at = stack.addresses();
    return new UpReport(
        new ControlPlane(at.controlPlaneUrl(), at.adminToken(), stack.process(Stack.CONTROL_PLANE)),
        new OriginAdapter(at.originAdapterUrl(), stack.process(Stack.ORIGIN_ADAPTER)),
        at.edges().stream()
            .map(edge -> new Edge(edge, at.https().get(edge.id()), stack.process(edge.id())))
            .toList(),
        contents);
  }

  /** The same for people. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append("control plane  ").append(controlPlane.url()).append('\n');
    text.append("token          ").append(controlPlane.token()).append('\n');
    for (Edge edge : edges) {
      NodeEndpoints at = edge.endpoints();
      text.append(String.format("%-15s%s  peers %s%n", at.id(), at.http(), at.peer()));
    }
    for (Content content : contents) {
      text.append(String.format("%n%s  %s%n", content.id(), content.state()));
      if (content.magnet() != null) {
        text.append("  ").append(content.magnet()).append('\n');
        text.append("  ").append(content.torrentFile()).append('\n');
      }
      content.http().forEach(url -> text.append("  ").append(url).append('\n'));
    }
    return text.append("\nup until Ctrl-C").toString();
  }
}
