package io.weir.loadtest.crowd.tracker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.TrackerException;
import io.weir.protocol.tracker.UdpTrackerCodec;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A tracker reached by UDP (BEP 15), over a connected socket of its own, so that only the tracker's
 * packets come in. A packet that is not answered is sent again, with the BEP's doubling but from a
 * wait of its own, not fifteen seconds: a crowd that tests has no fifteen seconds to lose.
 */
final class UdpTrackerClient implements TrackerClient {
  /** Packets sent for one announce, at most. */
  static final int MAX_PACKETS = 3;

  /** How long a connection id is used (BEP 15: up to one minute after it was received). */
  static final Duration CONNECTION_LIFE = Duration.ofSeconds(60);

  private static final int MAX_PACKET_BYTES = 512;

  /** An announce that has not been answered. */
  private record Pending(AnnounceRequest request, CompletableFuture<AnnounceResponse> answer) {}

  /** What the tracker gave to prove our address. */
  private record Connection(long id, long receivedNanos) {}

  private final EventLoop loop;
  private final InetSocketAddress tracker;
  private final Duration firstTimeout;
  private final Random random;
  private @Nullable Channel channel;
  private @Nullable Pending pending;
  private @Nullable Connection connection;
  private int transactionId;
  private int packets;

  /**
   * Opens no socket until the first announce.
   *
   * @param firstTimeout the first wait for an answer; each further one is twice as long
   */
  UdpTrackerClient(
      EventLoop loop, InetSocketAddress tracker, Duration firstTimeout, Random random) {
    this.loop = loop;
    this.tracker = tracker;
    this.firstTimeout = firstTimeout;
    this.random = random;
  }

  @Override
  public boolean udp() {
    return true;
  }

  @Override
  public CompletableFuture<AnnounceResponse> announce(AnnounceRequest request) {
    if (pending != null) {
      throw new IllegalStateException("an announce to " + tracker + " is under way");
    }
    Pending announce = new Pending(request, new CompletableFuture<>());
    pending = announce;
    packets = 0;
    if (channel == null) {
      open();
    } else {
      send();
    }
    return announce.answer();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
  public void close() {
    fail(new TrackerUnavailableException("tracker session closed"));
    if (channel != null) {
      channel.close();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of its end
  private void open() {
    ChannelFuture opened =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .handler(new Packets())
            .connect(tracker);
    channel = opened.channel();
    opened.addListener(
        (ChannelFutureListener)
            done -> {
              if (done.isSuccess()) {
                send();
              } else {
                fail(new TrackerUnavailableException("no socket to " + tracker, done.cause()));
              }
            });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the timer hears of what was lost
  private void send() {
    if (pending == null || channel == null) {
      return;
    }
    if (packets == MAX_PACKETS) {
      fail(new TrackerUnavailableException("no answer from " + tracker));
      return;
    }
    transactionId = random.nextInt();
    Connection usable = connection;
    Request request =
        usable == null || System.nanoTime() - usable.receivedNanos() > CONNECTION_LIFE.toNanos()
            ? new Request.Connect(transactionId)
            : new Request.Announce(usable.id(), transactionId, pending.request());
    ByteBuf packet = channel.alloc().directBuffer(MAX_PACKET_BYTES, MAX_PACKET_BYTES);
    ByteBuffer out = packet.internalNioBuffer(0, MAX_PACKET_BYTES);
    int start = out.position();
    UdpTrackerCodec.encode(request, out);
    channel.writeAndFlush(packet.writerIndex(out.position() - start));
    awaitAnswer(transactionId);
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // a late timer finds another transaction and does nothing
  private void awaitAnswer(int sentTransactionId) {
    long waitMillis = firstTimeout.toMillis() << packets++;
    loop.schedule(
        () -> {
          if (pending != null && transactionId == sentTransactionId) {
            send();
          }
        },
        waitMillis,
        TimeUnit.MILLISECONDS);
  }

  private void onResponse(Response response) {
    if (pending == null || response.transactionId() != transactionId) {
      return;
    }
    if (response instanceof Response.Connect connect) {
      connection = new Connection(connect.connectionId(), System.nanoTime());
      packets = 0;
      send();
    } else if (response instanceof Response.Announce announce) {
      CompletableFuture<AnnounceResponse> answer = pending.answer();
      pending = null;
      answer.complete(announce.announce());
    } else if (response instanceof Response.Failure failure) {
      connection = null;
      fail(new TrackerUnavailableException(tracker + " refused: " + failure.message()));
    }
  }

  private void fail(TrackerUnavailableException failure) {
    if (pending != null) {
      CompletableFuture<AnnounceResponse> answer = pending.answer();
      pending = null;
      answer.completeExceptionally(failure);
    }
  }

  /** The socket's packets; one that cannot be understood is as if it had been lost. */
  private final class Packets extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      try {
        onResponse(
            UdpTrackerCodec.decodeResponse(
                packet.content().nioBuffer(), tracker.getAddress() instanceof Inet6Address));
      } catch (TrackerException e) {
        fail(new TrackerUnavailableException("cannot understand " + tracker, e));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A closed port shows as a refused datagram; the timeout asks again.
    }
  }
}
