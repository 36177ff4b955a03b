package io.weir.edge.fill;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.weir.protocol.control.BearerToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to adapters: as many as are read on, and so many idle ones, of
 * which the last used is asked first. On that event loop.
 */
final class AdapterConnections {
  private record Idle(AdapterConnection connection, long sinceNanos) {}

  private final EventLoop loop;
  private final Bootstrap dialler;
  private final ByteBufAllocator allocator;
  private final BearerToken credential;
  private final FillLimits limits;
  private final LongSupplier nanoTime;

  /** The last used first. */
  private final Deque<Idle> idle = new ArrayDeque<>();

  /** Borrows all; the dialler connects on the loop. */
  AdapterConnections(
      EventLoop loop,
      Bootstrap dialler,
      ByteBufAllocator allocator,
      BearerToken credential,
      FillLimits limits,
      LongSupplier nanoTime) {
    this.loop = loop;
    this.dialler = dialler;
    this.allocator = allocator;
    this.credential = credential;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  EventLoop loop() {
    return loop;
  }

  /** Asks for a read's piece, on a connection of its own if it must be. */
  void ask(AdapterRead read, boolean onNewConnection) {
    try {
      AdapterAddress address = AdapterAddress.of(read.wanted().originAdapter());
      AdapterConnection kept = onNewConnection ? null : takeIdle(address);
      if (kept == null) {
        connect(read, address);
      } else {
        ask(read, kept);
      }
    } catch (FillException e) {
      read.fail(e);
    }
  }

  private void ask(AdapterRead read, AdapterConnection connection) {
    if (read.onConnection(connection)) {
      connection.ask(read, request(read.wanted(), connection.address()));
    } else {
      keep(connection);
    }
  }

  private void connect(AdapterRead read, AdapterAddress address) {
    AdapterConnection connection = new AdapterConnection(this, address, allocator);
    var unused =
        dialler
            .clone()
            .option(ChannelOption.RECVBUF_ALLOCATOR, connection.buffers())
            .handler(connection)
            .connect(address.socket())
            .addListener((ChannelFutureListener) done -> onConnected(read, connection, done));
  }

  private void onConnected(AdapterRead read, AdapterConnection connection, ChannelFuture done) {
    if (done.isSuccess()) {
      ask(read, connection);
    } else {
      read.fail(new FillException("origin adapter cannot be reached", done.cause()));
    }
  }

  private String request(PieceSource.Wanted wanted, AdapterAddress address) {
    return "GET %s/v1/pieces/%s/%d/%d HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n"
        .formatted(
            address.path(),
            wanted.contentId(),
            wanted.contentVersion(),
            wanted.piece(),
            address.authority(),
            credential.toHeader());
  }

  private @Nullable AdapterConnection takeIdle(AdapterAddress address) {
    long now = nanoTime.getAsLong();
    for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
      Idle kept = all.next();
      AdapterConnection connection = kept.connection();
      if (now - kept.sinceNanos() > limits.idle().toNanos() || !connection.isOpen()) {
        all.remove();
        connection.close();
      } else if (connection.address().authority().equals(address.authority())) {
        all.remove();
        return connection;
      }
    }
    return null;
  }

  /** Keeps an idle connection for the next read, or closes it where there are enough. */
  void keep(AdapterConnection connection) {
    if (idle.size() < limits.flying()) {
      idle.addFirst(new Idle(connection, nanoTime.getAsLong()));
    } else {
      connection.close();
    }
  }

  /** It is closed. */
  void forget(AdapterConnection connection) {
    idle.removeIf(kept -> kept.connection() == connection);
  }
}
