package io.weir.protocol.wire;

import java.nio.ByteBuffer;

/** STUB docs. One message of the peer wire protocol, without its length prefix (BEP 3, 6, 10). */
public sealed interface WireMessage {
  record KeepAlive() implements WireMessage {}

  record Choke() implements WireMessage {}

  record Unchoke() implements WireMessage {}

  record Interested() implements WireMessage {}

  record NotInterested() implements WireMessage {}

  record Have(int piece) implements WireMessage {}

  record Bitfield(ByteBuffer bits) implements WireMessage {}

  record Request(int piece, int begin, int lengthBytes) implements WireMessage {}

  /** block is a view, valid as long as the frame it was decoded from. */
  record Piece(int piece, int begin, ByteBuffer block) implements WireMessage {}

  record Cancel(int piece, int begin, int lengthBytes) implements WireMessage {}

  record Port(int port) implements WireMessage {}

  record SuggestPiece(int piece) implements WireMessage {}

  record HaveAll() implements WireMessage {}

  record HaveNone() implements WireMessage {}

  record RejectRequest(int piece, int begin, int lengthBytes) implements WireMessage {}

  record AllowedFast(int piece) implements WireMessage {}

  /** id 0 is the extended handshake. payload is a view. */
  record Extended(int id, ByteBuffer payload) implements WireMessage {}

  /** A message with an id that none of these BEPs defines; to be ignored. */
  record Unknown(int id) implements WireMessage {}
}
