package io.weir.loadtest.crowd.peer;

/**
 * A block that one side asks the other for (BEP 3).
 *
 * @param piece index of the piece
 * @param begin offset of the block in the piece, in bytes
 * @param lengthBytes length of the block
 */
record BlockRequest(int piece, int begin, int lengthBytes) {}
