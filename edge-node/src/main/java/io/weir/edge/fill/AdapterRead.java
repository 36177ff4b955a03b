package io.weir.edge.fill;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One piece on its way from the origin adapter. Run by the {@link FlightLimit}, which hears of the
 * end exactly once for each run; the receiver hears exactly one end, however the read ends.
 *
 * <p>Everything but the methods that say otherwise happens on the read's event loop; where that is
 * shut down already, on the caller's thread.
 */
final class AdapterRead implements Runnable, PieceSource.Reading {
  private final PieceSource.Wanted wanted;
  private final PieceSource.Receiver receiver;
  private final EventLoop loop;
  private final AdapterConnections connections;
  private final FlightLimit limit;
  private final ReadWatch watch;
  private final AtomicInteger progress = new AtomicInteger();
  private @Nullable AdapterConnection connection;
  private boolean begun;
  private boolean askedElsewhere;
  private boolean ended;

  AdapterRead(
      PieceSource.Wanted wanted,
      PieceSource.Receiver receiver,
      AdapterConnections connections,
      FlightLimit limit,
      ReadWatch watch) {
    this.wanted = wanted;
    this.receiver = receiver;
    this.loop = connections.loop();
    this.connections = connections;
    this.limit = limit;
    this.watch = watch;
  }

  PieceSource.Wanted wanted() {
    return wanted;
  }

  PieceSource.Receiver receiver() {
    return receiver;
  }

  /** Counts what the adapter has sent so far, in reads of the socket. Any thread. */
  int progress() {
    return progress.get();
  }

  void onProgress() {
    progress.incrementAndGet();
  }

  /** Its turn has come. Any thread. */
  @Override
  public void run() {
    onLoop(this::begin);
  }

  private void begin() {
    begun = true;
    if (ended) {
      limit.ended(wanted.lengthBytes());
    } else if (loop.isShuttingDown()) {
      fail(new FillException("the source is closed"));
    } else {
      connections.ask(this, false);
    }
  }

  /** The connection that it reads on now; false where nobody wants the piece any more. */
  boolean onConnection(AdapterConnection to) {
    connection = to;
    return !ended;
  }

  /** The connection had been closed before it was asked: on a new one, once. */
  void askElsewhere() {
    connection = null;
    if (askedElsewhere) {
      fail(new FillException("origin adapter closed the connection before its answer"));
    } else {
      askedElsewhere = true;
      connections.ask(this, true);
    }
  }

  /** Every part has come. */
  void succeed() {
    if (end()) {
      receiver.onEnd();
    }
  }

  /** No more comes; nothing happens where it has ended already. */
  void fail(FillException failure) {
    if (end()) {
      receiver.onFailed(failure);
    }
  }

  private boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    connection = null;
    watch.stop();
    if (begun) {
      limit.ended(wanted.lengthBytes());
    }
    return true;
  }

  @Override
  public void cancel() {
    giveUp(new FillException("given up"));
  }

  /** Ends it wherever it is. Any thread. */
  void giveUp(FillException why) {
    limit.withdraw(this);
    refuse(why);
  }

  /** Ends a read that is not waiting for its turn. Any thread. */
  void refuse(FillException why) {
    onLoop(
        () -> {
          AdapterConnection reading = connection;
          if (reading != null) {
            reading.abort(why);
          }
          fail(why);
        });
  }

  private void onLoop(Runnable step) {
    try {
      loop.execute(step);
    } catch (RejectedExecutionException e) {
      step.run();
    }
  }
}
