package io.weir.edge.cache;

/** Where a piece was found. */
enum Tier {
  HOT,
  STORE,
  FILL
}
