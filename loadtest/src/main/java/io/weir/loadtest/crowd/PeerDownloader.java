package io.weir.loadtest.crowd;

import io.weir.loadtest.crowd.ParticipantResult.Kind;
import io.weir.loadtest.crowd.peer.LeechPeer;
import java.util.concurrent.CompletableFuture;

/** A BitTorrent peer. One that is abandoned goes on uploading what it has. */
record PeerDownloader(LeechPeer peer) implements Downloader {
  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public long receivedBytes() {
    return peer.traffic().fromEdgesBytes() + peer.traffic().fromPeersBytes();
  }

  @Override
  public boolean isReceiving() {
    return !peer.isWhole();
  }

  @Override
  public String summary() {
    return peer.summary();
  }

  @Override
  public CompletableFuture<String> sha256() {
    return peer.sha256();
  }

  @Override
  public void abandon() {}
}
