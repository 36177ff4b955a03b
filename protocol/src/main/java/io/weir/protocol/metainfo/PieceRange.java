package io.weir.protocol.metainfo;

/**
 * The pieces that a range of a file lies in: all of every piece between the first and the last.
 *
 * @param firstPiece the piece with the range's first byte
 * @param firstOffsetBytes where that byte is in the first piece
 * @param lastPiece the piece with the range's last byte
 * @param lastEndBytes the offset just past that byte in the last piece
 */
public record PieceRange(int firstPiece, int firstOffsetBytes, int lastPiece, int lastEndBytes) {}
