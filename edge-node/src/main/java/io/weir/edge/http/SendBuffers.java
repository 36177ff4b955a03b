package io.weir.edge.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;

/** The send buffers of all connections, and the memory that they share. Any thread. */
final class SendBuffers {
  private static final Logger log = LoggerFactory.getLogger(SendBuffers.class);

  private final AttachmentKey<OfConnection> key = AttachmentKey.create(OfConnection.class);
  private final SendBufferLimits limits;
  private final LongSupplier nanoTime;
  private final AtomicLong grownBytes = new AtomicLong();
  private final AtomicBoolean capTold = new AtomicBoolean();

  SendBuffers(SendBufferLimits limits, MeterRegistry meters, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    Gauge.builder("weir.http.send.buffers", grownBytes, AtomicLong::get)
        .description(
            "Kernel send buffers granted to quick clients above their first ones; at its bound"
                + " clients far away are slower than they could be")
        .baseUnit("bytes")
        .register(meters);
  }

  /** That of one connection; for its I/O thread. */
  OfConnection of(HttpServerConnection connection) {
    OfConnection known = connection.getAttachment(key);
    if (known != null) {
      return known;
    }
    OfConnection fresh = new OfConnection(connection);
    connection.putAttachment(key, fresh);
    connection.addCloseListener(closed -> fresh.giveBack());
    return fresh;
  }

  private boolean take(int bytes) {
    if (grownBytes.addAndGet(bytes) <= limits.grownBytes()) {
      return true;
    }
    grownBytes.addAndGet(-bytes);
    return false;
  }

  private void onCapped(int wantedBytes, int actualBytes) {
    if (capTold.compareAndSet(false, true)) {
      log.warn(
          "kernel caps send buffers, clients far away are held back; raise net.core.wmem_max"
              + " wantedBytes={} actualBytes={}",
          wantedBytes,
          actualBytes);
    }
  }

  /** The send buffer of one connection. Its I/O thread's, but for its end. */
  final class OfConnection {
    private final HttpServerConnection connection;
    private final SendWindow window = new SendWindow(limits);
    private final AtomicLong takenBytes = new AtomicLong();
    private boolean capped;

    private OfConnection(HttpServerConnection connection) {
      this.connection = connection;
    }

    void onFull() {
      window.onFull(nanoTime.getAsLong());
    }

    void onAllSent() {
      window.onAllSent();
    }

    void onTaken(long bytes) throws IOException {
      int wanted = window.onTaken(bytes, nanoTime.getAsLong());
      if (wanted > window.bytes() && !capped && take(wanted - window.bytes())) {
        takenBytes.addAndGet(wanted - window.bytes());
        resize(wanted);
        Integer actual = connection.getChannel().getOption(Options.SEND_BUFFER);
        if (actual != null && actual < wanted) {
          capped = true;
          onCapped(wanted, actual);
        }
      } else if (wanted < window.bytes()) {
        giveBack();
        resize(wanted);
      }
    }

    private void resize(int bytes) throws IOException {
      connection.getChannel().setOption(Options.SEND_BUFFER, bytes);
      window.onResized(bytes);
    }

    private void giveBack() {
      grownBytes.addAndGet(-takenBytes.getAndSet(0));
    }
  }
}
