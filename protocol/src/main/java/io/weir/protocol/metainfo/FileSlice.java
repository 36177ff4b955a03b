package io.weir.protocol.metainfo;

/**
 * The part of a file that lies in a piece.
 *
 * @param file the file, which may be padding: then these bytes are zeros that no one stores
 * @param offsetBytes where the part begins in the file
 * @param lengthBytes how long it is, 1 or more
 */
public record FileSlice(TorrentFile file, long offsetBytes, int lengthBytes) {}
