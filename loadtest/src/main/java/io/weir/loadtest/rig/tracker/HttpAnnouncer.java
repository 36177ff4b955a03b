package io.weir.loadtest.rig.tracker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.CharsetUtil;
import io.weir.loadtest.rig.tracker.TrackerPlan.Transport;
import io.weir.protocol.tracker.AnnounceResponse;
import io.weir.protocol.tracker.HttpTrackerCodec;
import io.weir.protocol.tracker.TrackerException;
import org.jspecify.annotations.Nullable;

/**
 * Announces of one source by HTTP, one at a time: over a connection that is opened again when the
 * tracker has closed it, or a new one for each announce.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be sent has its channel closed
final class HttpAnnouncer implements Announcer {
  private final TrackerPlan plan;
  private final AnnounceRequests requests;
  private final Source source;
  private final TrackerRun run;
  private final Bootstrap bootstrap;
  private @Nullable Channel idle;
  private @Nullable Exchange current;

  /**
   * @param bootstrap group, channel type and options set
   */
  HttpAnnouncer(
      TrackerPlan plan,
      AnnounceRequests requests,
      Source source,
      TrackerRun run,
      Bootstrap bootstrap) {
    this.plan = plan;
    this.requests = requests;
    this.source = source;
    this.run = run;
    this.bootstrap = bootstrap;
  }

  @Override
  public void announce(int count, long firstNumber) {
    Exchange exchange = new Exchange(run.dueNanos(firstNumber));
    current = exchange;
    Channel kept = idle;
    idle = null;
    if (kept != null && kept.isActive()) {
      kept.pipeline().addLast(exchange);
      exchange.send(kept);
      return;
    }
    bootstrap
        .clone()
        .handler(exchange)
        .connect(plan.tracker(), source.localAddress())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                exchange.fail("connect: " + connected.cause().getMessage());
              }
            });
  }

  @Override
  public void giveUp(long sentBeforeNanos) {
    Exchange exchange = current;
    if (exchange != null && exchange.startNanos - sentBeforeNanos < 0) {
      exchange.fail("no answer in time");
    }
  }

  /** One announce and its answer. */
  private final class Exchange extends ChannelInboundHandlerAdapter {
    private final long dueNanos;
    private final long startNanos = System.nanoTime();
    private @Nullable Channel channel;
    private @Nullable ByteBuf answer;

    private Exchange(long dueNanos) {
      this.dueNanos = dueNanos;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      send(ctx.channel());
    }

    private void send(Channel to) {
      channel = to;
      to.writeAndFlush(requests.get(to.alloc(), source), to.voidPromise());
    }

    /** Takes ownership of the bytes. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      if (answer == null) {
        answer = bytes;
      } else {
        answer.writeBytes(bytes);
        bytes.release();
      }
      ByteBuf whole = answer;
      int body = AnnounceRequests.bodyOf(whole);
      if (body >= 0) {
        end(ctx, whole, body);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      fail("closed before the answer was whole");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      fail(String.valueOf(cause.getMessage()));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      if (answer != null) {
        answer.release();
        answer = null;
      }
    }

    private void end(ChannelHandlerContext ctx, ByteBuf whole, int body) {
      if (current != this) {
        return;
      }
      current = null;
      boolean looked = run.verifiesNext();
      check(whole, body, looked);
      if (plan.transport() == Transport.HTTP) {
        idle = ctx.channel();
        ctx.pipeline().remove(this);
      } else {
        ctx.close();
      }
      run.onFree(HttpAnnouncer.this);
    }

    private void check(ByteBuf whole, int body, boolean looked) {
      int bytes = whole.writerIndex() - body;
      int peers = AnnounceRequests.peersIn(whole, body);
      if (peers < 0) {
        run.onFailure("refused: " + whole.toString(body, bytes, CharsetUtil.ISO_8859_1));
        return;
      }
      if (looked) {
        byte[] copy = new byte[bytes];
        whole.getBytes(body, copy);
        try {
          AnnounceResponse decoded = HttpTrackerCodec.decodeAnnounce(copy);
          if (decoded.peers().size() != peers) {
            run.onFailure("peers without address or port: " + decoded.peers());
            return;
          }
        } catch (TrackerException e) {
          run.onFailure("malformed: " + e.getMessage());
          return;
        }
      }
      run.onAnswer(dueNanos, bytes, peers, looked);
    }

    private void fail(String reason) {
      if (current != this) {
        return;
      }
      current = null;
      if (channel != null) {
        channel.close();
      }
      run.onFailure(reason);
      run.onFree(HttpAnnouncer.this);
    }
  }
}
