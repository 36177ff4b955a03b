package io.weir.loadtest.crowd;

import java.util.concurrent.CompletableFuture;

/** What downloads one copy, by whichever protocol; any thread. */
interface Downloader {
  ParticipantResult.Kind kind();

  /** Bytes of content received so far, duplicates included. */
  long receivedBytes();

  /** Whether it still expects bytes; its silence is no stall otherwise. */
  boolean isReceiving();

  /** How far it is, for people. */
  String summary();

  /** The SHA-256 of its copy in lower-case hexadecimal, or why there is none. */
  CompletableFuture<String> sha256();

  /** Makes it stop downloading, now or when it next can. */
  void abandon();
}
