package io.weir.loadtest.crowd.peer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The blocks that one remote has asked for and not been sent, at most {@link #MAX_REQUESTS}. They
 * leave in batches, so that a batch is read from disk at once and sent in one write. Pure; confined
 * to its peer's event loop.
 */
final class UploadQueue {
  /** Requests that one remote may have queued; more are refused. */
  static final int MAX_REQUESTS = 256;

  private final Set<BlockRequest> queued = new LinkedHashSet<>();

  /** Queues a request; false if the queue is full. */
  boolean offer(BlockRequest request) {
    if (queued.size() >= MAX_REQUESTS) {
      return false;
    }
    queued.add(request);
    return true;
  }

  /** Takes a request back; false if it has left or never came. */
  boolean cancel(BlockRequest request) {
    return queued.remove(request);
  }

  boolean isEmpty() {
    return queued.isEmpty();
  }

  /** Takes out the oldest requests that together stay within this many bytes, but at least one. */
  List<BlockRequest> nextBatch(int maxBytes) {
    List<BlockRequest> batch = new ArrayList<>();
    int bytes = 0;
    for (Iterator<BlockRequest> oldest = queued.iterator(); oldest.hasNext(); ) {
      BlockRequest request = oldest.next();
      bytes += request.lengthBytes();
      if (bytes > maxBytes && !batch.isEmpty()) {
        break;
      }
      batch.add(request);
      oldest.remove();
    }
    return batch;
  }
}
