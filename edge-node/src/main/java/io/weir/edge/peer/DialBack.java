package io.weir.edge.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.weir.protocol.metainfo.InfoHash;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connects to a leecher that has announced itself and has not come within {@link #GRACE}.
 *
 * <p>Transmission before 4.0 tries uTP first, and when that is refused drops the connection instead
 * of going on by TCP, to try again a quarter of an hour later: it is reached from here meanwhile.
 * So is a leecher that may listen but not connect.
 *
 * <p>A dial goes to the announce's own source address, once a start, and only while nobody from
 * that address is connected; {@value #MAX_PENDING} wait or are under way at most, above that
 * announces are not followed up. Thread-safe, never blocks.
 */
final class DialBack {
  /** How long a leecher has to come by itself: clients that fall back to TCP take less. */
  static final Duration GRACE = Duration.ofSeconds(3);

  static final int MAX_PENDING = 256;

  private final EventLoopGroup loops;
  private final Bootstrap dialler;
  private final ConnectionCaps caps;
  private final PeerChannels channels;
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * Borrows all.
   *
   * @param dialler group, channel type and local address of outgoing connections
   */
  DialBack(EventLoopGroup loops, Bootstrap dialler, ConnectionCaps caps, PeerChannels channels) {
    this.loops = loops;
    this.dialler = dialler;
    this.caps = caps;
    this.channels = channels;
  }

  /** Dials this leecher after the grace if it has not come. */
  void later(InfoHash infoHash, InetSocketAddress leecher) {
    if (pending.incrementAndGet() > MAX_PENDING) {
      pending.decrementAndGet();
      return;
    }
    var unused =
        loops.next().schedule(() -> dial(infoHash, leecher), GRACE.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void dial(InfoHash infoHash, InetSocketAddress leecher) {
    if (caps.behind(leecher.getAddress()) > 0) {
      pending.decrementAndGet();
      return;
    }
    var unused =
        dialler
            .connect(leecher)
            .addListener(
                (ChannelFutureListener)
                    connected -> {
                      pending.decrementAndGet();
                      if (connected.isSuccess()) {
                        channels.dialled((SocketChannel) connected.channel(), infoHash);
                      }
                    });
  }
}
