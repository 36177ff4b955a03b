package io.weir.edge.peer;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no request of one peer waits for ever: looks at the oldest when its time is up,
 * and does with it what {@link DeadlineRule} says. Confined to the channel's event loop; one alarm
 * at a time, none while nothing waits.
 */
final class DeadlineWatch {
  /** Least time between two looks. */
  static final Duration TICK = Duration.ofMillis(100);

  private final PeerConnection connection;
  private final ServingClock clock;
  private final RequestLedger ledger;
  private final PartReads reads;
  private final Announcements announcements;
  private final DeadlineRule rule;
  private final Consumer<Block> reject;
  private final Runnable afterwards;
  private long rejectedNanos;
  private @Nullable Future<?> alarm;

  /**
   * Over one peer's requests.
   *
   * @param reject says to the peer that a request will not be answered
   * @param afterwards called once requests have been answered so
   */
  DeadlineWatch(
      PeerConnection connection,
      ServingClock clock,
      RequestLedger ledger,
      PartReads reads,
      Announcements announcements,
      DeadlineRule rule,
      Consumer<Block> reject,
      Runnable afterwards) {
    this.connection = connection;
    this.clock = clock;
    this.ledger = ledger;
    this.reads = reads;
    this.announcements = announcements;
    this.rule = rule;
    this.reject = reject;
    this.afterwards = afterwards;
    this.rejectedNanos = clock.nanos() - DeadlineRule.REJECT_PAUSE.toNanos();
  }

  /** Sets the alarm for what waits now, unless it is set. */
  void arm() {
    int oldest = ledger.oldest();
    if (alarm == null && oldest != RequestLedger.NONE) {
      Overdue overdue = judge(oldest);
      long nanos = overdue instanceof Overdue.NotYet notYet ? notYet.nanos() : 0;
      alarm =
          connection
              .channel()
              .eventLoop()
              .schedule(this::onAlarm, Math.max(nanos, TICK.toNanos()), TimeUnit.NANOSECONDS);
    }
  }

  void close() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  private void onAlarm() {
    alarm = null;
    int oldest = ledger.oldest();
    while (connection.isOpen() && oldest != RequestLedger.NONE) {
      Overdue overdue = judge(oldest);
      if (overdue instanceof Overdue.NotYet) {
        break;
      }
      answer(oldest, overdue);
      oldest = ledger.oldest();
    }
    if (connection.isOpen()) {
      afterwards.run();
      arm();
    }
  }

  private Overdue judge(int oldest) {
    long now = clock.nanos();
    return rule.judge(
        ledger.ageNanos(oldest, now), now - rejectedNanos, announcements.canWithdraw());
  }

  private void answer(int request, Overdue overdue) {
    Block block = ledger.block(request);
    if (overdue instanceof Overdue.WithdrawPiece) {
      announcements.withdraw(block.piece());
      ledger.strikePiece(block.piece()).forEach(reject);
      reads.latePiece(block.piece());
    } else if (overdue instanceof Overdue.RejectBlock) {
      rejectedNanos = clock.nanos();
      int number = ledger.awaited(request);
      ledger.strike(request);
      reject.accept(block);
      if (number != RequestLedger.NONE && !ledger.isWaitedFor(number)) {
        reads.late(number);
      }
    } else if (overdue instanceof Overdue.GiveUp) {
      connection.close(CloseReason.PIECE_UNAVAILABLE, block + " has not come");
    }
  }
}
