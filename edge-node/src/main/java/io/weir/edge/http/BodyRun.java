package io.weir.edge.http;

/** Bytes of a body that can be sent now, owned until they are released. */
sealed interface BodyRun permits MemoryRun, FileRun {
  /** How many of them are unsent bytes of a content. */
  long contentBytes();

  /** Whether all is sent. */
  boolean isSent();

  /** Lets go of them; once. */
  void release();
}
