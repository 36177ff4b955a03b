package io.weir.edge.store;

/**
 * Where a piece lies.
 *
 * @param segment number of the file
 * @param offsetBytes where in the file it begins
 * @param lengthBytes 1 or more
 */
record Placed(int segment, int offsetBytes, int lengthBytes) {
  /** Where the file's next piece begins. */
  int endBytes() {
    return offsetBytes + lengthBytes;
  }
}
