package io.weir.edge.store;

/**
 * What the index says of a stored piece.
 *
 * @param placed where it lies
 * @param checksums CRC-32C of each of its parts, never changed after
 */
record HaveRow(Placed placed, int[] checksums) {}
