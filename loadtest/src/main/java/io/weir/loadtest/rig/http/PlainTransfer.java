package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** HTTP in the clear. The body of an answer that nobody compares never enters user space. */
final class PlainTransfer implements Transfer {
  /** A head with a little of the body, where the rest is discarded in the kernel. */
  private static final int HEAD_READ_BYTES = 1024;

  /** Shorter bodies are copied: one system call that copies is cheaper than three that do not. */
  private static final int MIN_DISCARDED_BYTES = 64 * 1024;

  private final Wire wire;
  private final LoopBuffers buffers;

  PlainTransfer(Wire wire, LoopBuffers buffers) {
    this.wire = wire;
    this.buffers = buffers;
  }

  @Override
  public void begin() {}

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public int limit(int wanted) {
    return wanted;
  }

  @Override
  public void send(ByteBuf request, long first, long last) throws IOException {
    wire.send(request);
  }

  @Override
  public void receive(Answer answer) throws IOException {
    if (answer.skippable() > 0) {
      int discarded = buffers.drain().discard(wire.fd(), answer.skippable());
      answer.skip(discarded);
      if (discarded > 0) {
        return;
      }
      // Nothing there, or the end: only a read tells which.
    }
    ByteBuf into = buffers.received();
    boolean discards = answer.lengthBytes() >= MIN_DISCARDED_BYTES && !answer.isCompared();
    if (wire.receive(into, discards ? HEAD_READ_BYTES : into.writableBytes()) > 0) {
      answer.read(into);
    }
  }

  @Override
  public int discard(int atMost) throws IOException {
    ByteBuf into = buffers.received();
    return wire.receive(into, Math.min(atMost, into.writableBytes()));
  }

  @Override
  public void close() {}
}
