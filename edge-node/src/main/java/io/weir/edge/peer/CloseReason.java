package io.weir.edge.peer;

import java.util.Locale;

/** Why a peer connection ended: the closed set that metrics and logs name. */
enum CloseReason {
  /** The peer closed, its connection broke, or this node shut down. */
  PEER_CLOSED,
  /** The total or the address's cap of connections is reached. */
  TOO_MANY_CONNECTIONS,
  /** The first byte is not BEP 3's 19: encrypted, HTTP, a scan. */
  NOT_BITTORRENT,
  /** The handshake was not complete in time. */
  HANDSHAKE_TIMEOUT,
  /** The handshake's bytes are wrong. */
  MALFORMED_HANDSHAKE,
  /** The info-hash is not registered here. */
  UNKNOWN_CONTENT,
  /** The content was withdrawn while the session lasted. */
  CONTENT_WITHDRAWN,
  /** The peer is this node. */
  SELF,
  /** Nothing heard, or nothing drained, for too long. */
  IDLE,
  /** The peer has everything: neither side needs the other. */
  PEER_COMPLETE,
  /** A frame is longer than any message may be. */
  FRAME_TOO_LONG,
  /** A message's bytes are wrong. */
  MALFORMED_MESSAGE,
  /** A fast-extension message that was not negotiated (BEP 6). */
  FAST_NOT_NEGOTIATED,
  /** A bitfield of the wrong size or with spare bits set. */
  INVALID_BITFIELD,
  /** A have for a piece that does not exist. */
  HAVE_OUT_OF_RANGE,
  /** A request beyond its piece, or of a forbidden length. */
  INVALID_REQUEST,
  /** More requests than were offered, from a peer that cannot be told so, or while choked. */
  REQUEST_FLOOD,
  /** A block that nobody asked for. */
  UNWANTED_PIECE,
  /** This node drains, and the peer has every block that it had asked for. */
  DRAINED,
  /** A piece did not come for long, and the peer cannot be told so. */
  PIECE_UNAVAILABLE,
  /** A defect: see the log. */
  FAILED;

  /** The name in metrics and logs. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
