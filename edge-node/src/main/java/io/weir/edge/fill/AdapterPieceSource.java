package io.weir.edge.fill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.protocol.control.BearerToken;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The origin adapter as a source of pieces, over HTTP/1.1 with connections kept alive. A piece is
 * one GET, into one direct buffer.
 *
 * <p>Never blocks. At most {@code flying} pieces are read at a time and {@code waiting} more are
 * kept waiting; above that the answer is a {@link FillException} at once. A piece has {@code
 * deadline} from the call, waiting included. Failures name the status and the problem's title,
 * never a body or a credential.
 */
public final class AdapterPieceSource implements PieceSource {
  private final HttpClient http;
  private final BearerToken credential;
  private final ByteBufAllocator allocator;
  private final ScheduledExecutorService timer;
  private final Duration deadline;
  private final FlightLimit limit;

  /**
   * Borrows client and timer.
   *
   * @param http client that follows no redirects
   * @param credential what the adapter is shown
   * @param allocator of the pieces' buffers
   * @param timer runs deadlines
   * @param deadline for a whole piece
   * @param flying most pieces read at a time
   * @param waiting most pieces waiting for their turn
   */
  public AdapterPieceSource(
      HttpClient http,
      BearerToken credential,
      ByteBufAllocator allocator,
      ScheduledExecutorService timer,
      Duration deadline,
      int flying,
      int waiting) {
    this.http = http;
    this.credential = credential;
    this.allocator = allocator;
    this.timer = timer;
    this.deadline = deadline;
    this.limit = new FlightLimit(flying, waiting);
  }

  @Override
  public void read(Wanted wanted, Receiver receiver) {
    var unused =
        readWhole(wanted)
            .whenComplete(
                (bytes, failure) -> {
                  if (failure instanceof FillException named) {
                    receiver.onFailed(named);
                    return;
                  }
                  io.weir.edge.piece.PieceBuffer piece =
                      io.weir.edge.piece.PieceBuffer.copyOf(bytes, allocator);
                  bytes.release();
                  for (int part = 0; part < piece.parts(); part++) {
                    receiver.onPart(part, piece.part(part));
                  }
                  receiver.onEnd();
                });
  }

  CompletableFuture<ByteBuf> readWhole(Wanted wanted) {
    AdapterRead read = new AdapterRead(http, credential, allocator, wanted, limit);
    if (limit.start(read)) {
      read.giveUpAfter(deadline, timer);
    } else {
      read.fail(new FillException("too many fills are waiting"));
    }
    return read.result();
  }
}
