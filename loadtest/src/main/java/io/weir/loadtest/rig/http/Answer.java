package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.loadtest.rig.Original;
import org.jspecify.annotations.Nullable;

/**
 * The answer that one connection awaits, from the plain bytes of its response. Pure; its event
 * loop's.
 */
final class Answer implements AutoCloseable {
  /** The start of a head that did not come in one read. */
  private final ByteBuf partialHead = Unpooled.buffer(0, 2 * ResponseHead.MAX_BYTES);

  private int lengthBytes;
  private int missing;
  private int headBytes;
  private boolean awaited;
  private boolean inBody;
  private boolean keepAlive = true;
  private long position;
  private @Nullable Original original;

  /**
   * Awaits the answer to a request.
   *
   * @param first where the range begins
   * @param lengthBytes of the range, 1 or more
   * @param original what its bytes must be, null where nobody compares
   */
  void await(long first, int lengthBytes, @Nullable Original original) {
    this.lengthBytes = lengthBytes;
    this.original = original;
    position = first;
    missing = lengthBytes;
    awaited = true;
    inBody = false;
    partialHead.clear();
  }

  /** Whether a request is not answered yet. */
  boolean isAwaited() {
    return awaited;
  }

  /** Length of the range. */
  int lengthBytes() {
    return lengthBytes;
  }

  /** Length of the last answer's head. */
  int headBytes() {
    return headBytes;
  }

  /** How many bytes of the body may be skipped without being read: 0 in the head, or compared. */
  int skippable() {
    return inBody && original == null ? missing : 0;
  }

  /** Whether the server lets the connection be used again. */
  boolean keepsAlive() {
    return keepAlive;
  }

  /** Whether its bytes are compared. */
  boolean isCompared() {
    return original != null;
  }

  /**
   * Takes bytes of the response, all of them; borrows for the call.
   *
   * @throws IllegalArgumentException naming what is wrong with them
   */
  void read(ByteBuf bytes) {
    if (!awaited) {
      throw new IllegalArgumentException("bytes that nobody asked for");
    }
    if (!inBody) {
      readHead(bytes);
    }
    if (inBody) {
      readBody(bytes);
    }
  }

  private void readHead(ByteBuf bytes) {
    boolean continued = partialHead.isReadable();
    if (continued) {
      partialHead.writeBytes(
          bytes, Math.min(bytes.readableBytes(), partialHead.maxWritableBytes()));
    }
    ByteBuf whole = continued ? partialHead : bytes;
    ResponseHead head = ResponseHead.read(whole);
    if (head == null) {
      if (!continued) {
        partialHead.writeBytes(bytes);
      }
      return;
    }
    if (head.status() != 206 || head.contentLength() != lengthBytes) {
      throw new IllegalArgumentException(
          "status " + head.status() + " with " + head.contentLength() + " bytes");
    }
    keepAlive = head.keepAlive();
    headBytes = head.lengthBytes();
    inBody = true;
    whole.skipBytes(headBytes);
    if (continued) {
      readBody(partialHead);
    }
  }

  private void readBody(ByteBuf bytes) {
    int length = bytes.readableBytes();
    if (length > missing) {
      throw new IllegalArgumentException("more bytes than the head told");
    }
    if (original != null && !original.matches(bytes, position)) {
      throw new IllegalArgumentException("wrong bytes in the range from " + position);
    }
    bytes.skipBytes(length);
    position += length;
    skip(length);
  }

  /** So many bytes of the body have come and were not read. */
  void skip(int bytes) {
    missing -= bytes;
    awaited = missing > 0;
  }

  /**
   * All of it has come, head and body, and was not read: whoever wanted it compared did not get it.
   */
  void skipWhole() {
    original = null;
    awaited = false;
  }

  @Override
  public void close() {
    partialHead.release();
  }
}
