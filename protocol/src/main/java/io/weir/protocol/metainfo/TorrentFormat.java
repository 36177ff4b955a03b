package io.weir.protocol.metainfo;

/**
 * What a new torrent carries. Every client reads v1. A hybrid joins v2 swarms too and is verified
 * by SHA-256, but Transmission before 4.0 cannot read one at all (the empty key in its file tree),
 * and aria2 1.36 completes one from the .torrent and not from the magnet link (it encodes the info
 * dictionary anew, and wrong).
 */
public enum TorrentFormat {
  /** BEP 3 alone. */
  V1,
  /** BEP 3 and BEP 52 in one info dictionary. */
  HYBRID
}
