package io.weir.origin.ingest;

import io.weir.origin.source.ByteRange;

/**
 * How an object is cut into runs that are read in parallel: whole pieces, about 8 MiB, disjoint and
 * complete, so that each byte is read once.
 *
 * @param totalBytes length of the object, more than 0
 * @param runBytes length of every run but the last
 */
record RunPlan(long totalBytes, long runBytes) {
  private static final int TARGET_RUN_BYTES = 8 << 20;

  static RunPlan of(long totalBytes, int pieceLengthBytes) {
    return new RunPlan(
        totalBytes, (long) Math.max(1, TARGET_RUN_BYTES / pieceLengthBytes) * pieceLengthBytes);
  }

  long count() {
    return (totalBytes + runBytes - 1) / runBytes;
  }

  ByteRange run(long index) {
    return new ByteRange(index * runBytes, Math.min(totalBytes, (index + 1) * runBytes));
  }
}
