package io.weir.edge.cache;

/** A piece of one version of a content, by the ordinal that the store keeps it under. */
record PieceKey(long ordinal, int piece) {}
