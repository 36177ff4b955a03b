package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * HTTP over TLS. Where the plan discards ciphertext, a first answer, which is kept short, is
 * decrypted and its head measured; from then on an answer is over when as much plaintext has come
 * as that head, the range and the digits of its numbers amount to.
 */
final class TlsTransfer implements Transfer {
  /** A JVM that has just started decrypts slowly: one such answer a connection is enough. */
  private static final int FIRST_ANSWER_BYTES = 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final Wire wire;
  private final LoopBuffers buffers;
  private final boolean discards;

  /** Ciphertext that is no whole record yet, at its start. */
  private final ByteBuf sealed;

  private final ByteBuffer plain;
  private @Nullable RecordCounter records;
  private boolean ready;
  private int digits;

  /** What the first answer's head has beside the digits of its positions and its length. */
  private int fixedHeadBytes;

  /** What the first answer's records have beside header and plaintext. */
  private int recordOverheadBytes;

  private long countedBefore;

  TlsTransfer(SSLEngine engine, Wire wire, LoopBuffers buffers, boolean discards) {
    this.engine = engine;
    this.wire = wire;
    this.buffers = buffers;
    this.discards = discards;
    sealed = Unpooled.directBuffer(2 * engine.getSession().getPacketBufferSize());
    plain = ByteBuffer.allocateDirect(engine.getSession().getApplicationBufferSize());
  }

  @Override
  public void begin() throws IOException {
    engine.beginHandshake();
    shakeHands();
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  /** Goes on until the server has to say something. */
  private void shakeHands() throws IOException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      switch (status) {
        case NEED_WRAP -> wrap(NOTHING);
        // A few milliseconds of the loop's time for each connection, before anything is measured.
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrap(null)) {
            return;
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          ready = true;
          return;
        }
      }
    }
  }

  @Override
  public int limit(int wanted) {
    return discards && records == null ? Math.min(wanted, FIRST_ANSWER_BYTES) : wanted;
  }

  @Override
  public void send(ByteBuf request, long first, long last) throws IOException {
    digits = Target.digits(first) + Target.digits(last) + Target.digits(last - first + 1);
    wrap(request.nioBuffer());
  }

  private void wrap(ByteBuffer bytes) throws IOException {
    ByteBuf out = buffers.received();
    do {
      ByteBuffer space = out.nioBuffer(out.writerIndex(), out.writableBytes());
      SSLEngineResult result = engine.wrap(bytes, space);
      out.writerIndex(out.writerIndex() + result.bytesProduced());
    } while (bytes.hasRemaining());
    wire.send(out);
  }

  @Override
  public void receive(Answer answer) throws IOException {
    if (records != null) {
      count(answer, records);
      return;
    }
    wire.receive(sealed, sealed.writableBytes());
    if (!ready) {
      shakeHands();
    }
    if (ready) {
      open(answer);
    }
  }

  private void open(Answer answer) throws IOException {
    boolean awaited = answer.isAwaited();
    while (unwrap(answer)) {
      // The next record.
    }
    if (discards && awaited && !answer.isAwaited()) {
      fixedHeadBytes = answer.headBytes() - digits;
      records = new RecordCounter(recordOverheadBytes);
      records.count(sealed);
      countedBefore = records.plainBytes();
    }
  }

  /** Whether there was a whole record. */
  private boolean unwrap(@Nullable Answer answer) throws IOException {
    ByteBuffer from = sealed.nioBuffer();
    SSLEngineResult result = engine.unwrap(from, plain.clear());
    sealed.skipBytes(result.bytesConsumed()).discardReadBytes();
    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
      throw new IOException("the server closed the TLS connection");
    }
    if (result.bytesProduced() > 0 && answer != null) {
      recordOverheadBytes =
          result.bytesConsumed() - result.bytesProduced() - RecordCounter.HEADER_BYTES;
      answer.read(Unpooled.wrappedBuffer(plain.flip()));
    }
    return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
  }

  private void count(Answer answer, RecordCounter counter) throws IOException {
    ByteBuf into = buffers.received();
    if (wire.receive(into, into.writableBytes()) == 0) {
      return;
    }
    counter.count(into);
    long come = counter.plainBytes() - countedBefore;
    long wanted = (long) fixedHeadBytes + digits + answer.lengthBytes();
    if (!answer.isAwaited() || come > wanted) {
      throw new IllegalArgumentException("an answer of " + come + " bytes, not " + wanted);
    }
    if (come == wanted && counter.isBetweenRecords()) {
      countedBefore = counter.plainBytes();
      answer.skipWhole();
    }
  }

  @Override
  public int discard(int atMost) throws IOException {
    ByteBuf into = buffers.received();
    return wire.receive(into, Math.min(atMost, into.writableBytes()));
  }

  @Override
  public void close() {
    sealed.release();
  }
}
