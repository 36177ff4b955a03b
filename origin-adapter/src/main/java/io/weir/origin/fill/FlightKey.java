package io.weir.origin.fill;

import io.weir.origin.spool.SpoolShelf;

/**
 * A piece of one registration of a content: the same version registered anew shares nothing with
 * it.
 *
 * @param shelf the registration's own, compared by identity
 * @param piece its index
 */
record FlightKey(SpoolShelf shelf, int piece) {}
