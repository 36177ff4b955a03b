package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;

/** Where an answer's body is read to, straight from the socket. On the connection's event loop. */
sealed interface AnswerBody permits PieceBody, ProblemBody {
  /** A buffer with room for what comes next and for nothing that comes after the body; borrowed. */
  ByteBuf room();

  /**
   * Some of the room may be filled.
   *
   * @return whether that was all; asked again it says the same
   */
  boolean onFilled();

  /** Whether it ends where the answer does: else the connection is of no more use. */
  boolean isWhole();

  /** Tells the read what came, once all has, and releases the rest. */
  void deliver(AdapterRead read);

  /** How far it has come, for people. */
  String progress();

  /** Releases what has not been handed on, in place of {@link #deliver}. */
  void release();
}
