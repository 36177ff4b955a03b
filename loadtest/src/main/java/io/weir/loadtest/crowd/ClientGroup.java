package io.weir.loadtest.crowd;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.weir.loadtest.crowd.http.RangeClient;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A crowd's HTTP clients and their threads, one each. */
final class ClientGroup implements AutoCloseable {
  private final ExecutorService threads;
  private final List<HttpDownloader> downloaders = new ArrayList<>();

  private ClientGroup(int clients) {
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, clients), new DefaultThreadFactory("crowd-http", true));
  }

  /** Starts them all, each at another URL. */
  static ClientGroup start(int clients, List<URL> urls, long totalBytes) {
    ClientGroup group = new ClientGroup(clients);
    for (int i = 0; i < clients; i++) {
      RangeClient client = new RangeClient(urls, totalBytes, i, RangeClient.MAX_FAILURES);
      group.downloaders.add(
          new HttpDownloader(
              client, CompletableFuture.supplyAsync(() -> download(client), group.threads)));
    }
    return group;
  }

  List<Downloader> downloaders() {
    return List.copyOf(downloaders);
  }

  int size() {
    return downloaders.size();
  }

  long receivedBytes() {
    return downloaders.stream().mapToLong(HttpDownloader::receivedBytes).sum();
  }

  /** Breaks off whatever is under way. */
  @Override
  public void close() {
    downloaders.forEach(HttpDownloader::abandon);
    threads.shutdownNow();
  }

  private static String download(RangeClient client) {
    try {
      return client.download();
    } catch (IOException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
