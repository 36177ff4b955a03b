package io.weir.loadtest.stack;

import io.weir.control.cli.ApiClient;
import io.weir.control.cli.ApiException;
import io.weir.control.cli.ProgressDisplay;
import io.weir.control.cli.Publication;
import io.weir.control.view.ContentView;
import io.weir.control.view.NodeView;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.NodeEndpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operator would do with a stack, over its API. Blocking; one thread. */
public final class StackClient {
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final StackAddresses stack;
  private final ApiClient api;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /** A client of this stack's control plane, with its operator's token. */
  public StackClient(StackAddresses stack) {
    this.stack = stack;
    this.api = new ApiClient(stack.controlPlaneUrl(), BearerToken.of(stack.adminToken()));
  }

  /**
   * Publishes and waits until every edge serves it.
   *
   * @throws IOException saying why, if it failed
   */
  public ContentView publish(Publication publication, ProgressDisplay progress)
      throws IOException, InterruptedException {
    try {
      ContentView content = publication.publish(api, progress);
      if (content.failure() != null) {
        throw new IOException(content.id() + " failed: " + content.failure());
      }
      awaitServed(content);
      // Asked again: its addresses are those of the edges that are registered at the time.
      return api.content(content.id());
    } catch (ApiException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** All contents. */
  public List<ContentView> contents() throws IOException, InterruptedException {
    try {
      return api.contents();
    } catch (ApiException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The .torrent of a ready content, with the edges' trackers and web seeds. */
  public byte[] torrent(String id) throws IOException, InterruptedException {
    try {
      return api.torrent(id);
    } catch (ApiException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Waits until every edge of the stack has registered with its control plane. */
  public void awaitEdges() throws IOException, InterruptedException {
    Set<NodeEndpoints> started = Set.copyOf(stack.edges());
    long deadlineNanos = System.nanoTime() + SERVED_WITHIN.toNanos();
    while (!registered().containsAll(started)) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new IOException("edges did not register with the control plane: " + started);
      }
      Thread.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private Set<NodeEndpoints> registered() throws IOException, InterruptedException {
    try {
      return api.nodes().stream().map(NodeView::endpoints).collect(Collectors.toSet());
    } catch (ApiException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Waits until every edge of the stack has heard of a ready content and answers for it. */
  public void awaitServed(ContentView content) throws IOException, InterruptedException {
    List<String> ours = stack.edges().stream().map(edge -> edge.http() + "/").toList();
    long deadlineNanos = System.nanoTime() + SERVED_WITHIN.toNanos();
    for (String url : content.http()) {
      if (ours.stream().noneMatch(url::startsWith)) {
        continue;
      }
      HttpRequest head =
          HttpRequest.newBuilder(URI.create(url))
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .timeout(TIMEOUT)
              .build();
      int status;
      while ((status = http.send(head, HttpResponse.BodyHandlers.discarding()).statusCode())
          != 200) {
        if (System.nanoTime() - deadlineNanos > 0) {
          throw new IOException(url + " still answers " + status);
        }
        Thread.sleep(POLL_INTERVAL.toMillis());
      }
    }
  }
}
