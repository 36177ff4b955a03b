package io.weir.edge.store;

/**
 * A stored piece's have-row.
 *
 * @param place where its parts lie, as in {@link Segments}
 */
record Placed(long place, int lengthBytes) {}
