package io.weir.protocol.process;

import java.util.concurrent.CompletableFuture;

/** What a process runs, once it is up. Its owner alone ends it. */
public interface RunningProcess extends AutoCloseable {
  /**
   * Takes on nothing new and finishes what others wait for. Returns at once; completes, never
   * exceptionally, when nothing is under way any more, which a slow client may put off for ever.
   */
  CompletableFuture<Void> drain();

  /** Cuts what is under way, writes what is to be kept, and lets go of everything. */
  @Override
  void close();
}
