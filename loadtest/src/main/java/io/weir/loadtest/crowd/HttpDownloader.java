package io.weir.loadtest.crowd;

import io.weir.loadtest.crowd.ParticipantResult.Kind;
import io.weir.loadtest.crowd.http.RangeClient;
import java.util.concurrent.CompletableFuture;

/** An HTTP client and the end of its download. */
record HttpDownloader(RangeClient client, CompletableFuture<String> sha256) implements Downloader {
  @Override
  public Kind kind() {
    return Kind.HTTP;
  }

  @Override
  public long receivedBytes() {
    return client.receivedBytes();
  }

  @Override
  public boolean isReceiving() {
    return true;
  }

  @Override
  public String summary() {
    return "has " + receivedBytes() + " bytes";
  }

  @Override
  public void abandon() {
    client.abandon();
  }
}
