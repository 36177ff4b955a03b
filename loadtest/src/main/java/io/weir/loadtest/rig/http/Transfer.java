package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** How requests and answers travel on a connection. Its event loop's. */
sealed interface Transfer extends AutoCloseable permits PlainTransfer, TlsTransfer {
  /** Whatever comes before the first request. */
  void begin() throws IOException;

  /** Whether requests may be sent. */
  boolean isReady();

  /** How long the next answer may be, where one of so many bytes is wanted. */
  int limit(int wanted);

  /** Sends a request for these bytes; borrows for the call. */
  void send(ByteBuf request, long first, long last) throws IOException;

  /**
   * Gives the answer what has arrived.
   *
   * @throws IOException if the connection is of no more use
   * @throws IllegalArgumentException if what has arrived is not the answer
   */
  void receive(Answer answer) throws IOException;

  /**
   * Reads so much at most of what has arrived, and discards it; nothing else may be read after it.
   *
   * @return how much that was
   */
  int discard(int atMost) throws IOException;

  @Override
  void close();
}
