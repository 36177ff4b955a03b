package io.weir.edge.http;

import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * The body that a connection is sending now, if any, so that it is let go of when the connection
 * closes for whatever reason. One for the life of a connection; its I/O thread alone touches it.
 */
final class OpenBody {
  private static final AttachmentKey<OpenBody> KEY = AttachmentKey.create(OpenBody.class);

  private final XnioIoThread ioThread;
  private @Nullable BodyWriter body;

  private OpenBody(XnioIoThread ioThread) {
    this.ioThread = ioThread;
  }

  static OpenBody of(ServerConnection connection) {
    OpenBody known = connection.getAttachment(KEY);
    if (known != null) {
      return known;
    }
    OpenBody fresh = new OpenBody(connection.getIoThread());
    connection.putAttachment(KEY, fresh);
    connection.addCloseListener(closed -> fresh.onClosed());
    return fresh;
  }

  void begin(BodyWriter body) {
    this.body = body;
  }

  void end() {
    body = null;
  }

  private void onClosed() {
    if (Thread.currentThread() == ioThread) {
      abandon();
      return;
    }
    try {
      ioThread.execute(this::abandon);
    } catch (RejectedExecutionException e) {
      // The I/O thread has ended, so nothing else touches the body any more.
      abandon();
    }
  }

  private void abandon() {
    if (body != null) {
      body.onClosed();
    }
  }
}
