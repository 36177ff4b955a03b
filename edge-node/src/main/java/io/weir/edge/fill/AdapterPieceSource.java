package io.weir.edge.fill;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.weir.edge.socket.Transport;
import io.weir.protocol.control.BearerToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The origin adapter as a source of pieces, over HTTP/1.1 with connections kept alive: a piece is
 * one GET, read from the socket into the buffers of its parts and copied nowhere.
 *
 * <p>Never blocks. {@link FillLimits} bounds what flies, what waits and for how long; above that a
 * read fails at once. Failures name the status and the problem's title, never a body, an address or
 * a credential. The adapter is trusted to say nothing but bytes that its caller verifies.
 *
 * <table>
 * <caption>threads</caption>
 * <tr><th>thread</th><th>does</th><th>never</th></tr>
 * <tr><td>event loops</td><td>sockets, and all that a receiver hears</td><td>block</td></tr>
 * <tr><td>names</td><td>looks up names of adapters</td><td>anything else</td></tr>
 * <tr><td>timer</td><td>looks for what is late</td><td>anything else</td></tr>
 * </table>
 */
public final class AdapterPieceSource implements PieceSource, AutoCloseable {
  private final FillLimits limits;
  private final ScheduledExecutorService timer;
  private final FlightLimit flights;
  private final EventLoopGroup loops;
  private final ExecutorService names =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("weir-fill-names", true));
  private final List<AdapterConnections> connections = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /**
   * Borrows transport and timer.
   *
   * @param threads event loops, among which reads go round
   * @param credential what the adapter is shown
   * @param allocator of the parts' buffers
   * @param timer looks for what is late
   * @param nanoTime clock of idle connections
   */
  public AdapterPieceSource(
      Transport transport,
      int threads,
      BearerToken credential,
      ByteBufAllocator allocator,
      ScheduledExecutorService timer,
      LongSupplier nanoTime,
      FillLimits limits) {
    this.limits = limits;
    this.timer = timer;
    this.flights = new FlightLimit(limits.flying(), limits.flyingBytes(), limits.waiting());
    this.loops = transport.newLoops("weir-fill", threads);
    Bootstrap dialler =
        new Bootstrap()
            .channel(transport.client())
            .resolver(new NameLookups(names))
            .option(ChannelOption.ALLOCATOR, allocator)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limits.connect().toMillis()));
    for (EventExecutor loop : loops) {
      connections.add(
          new AdapterConnections(
              (EventLoop) loop,
              dialler.clone().group((EventLoop) loop),
              allocator,
              credential,
              limits,
              nanoTime));
    }
  }

  @Override
  public Reading read(Wanted wanted, Receiver receiver) {
    AdapterConnections from =
        connections.get(Math.floorMod(next.getAndIncrement(), connections.size()));
    ReadWatch watch = new ReadWatch(timer, limits.deadline(), limits.stall());
    AdapterRead read = new AdapterRead(wanted, receiver, from, flights, watch);
    if (flights.start(read, wanted.lengthBytes())) {
      watch.start(read);
    } else {
      read.refuse(new FillException("too many fills are waiting"));
    }
    return read;
  }

  /** Closes every connection, which fails what is read on them, and waits for the threads. */
  @Override
  public void close() {
    names.shutdownNow();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
