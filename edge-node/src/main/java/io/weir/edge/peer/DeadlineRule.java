package io.weir.edge.peer;

import java.time.Duration;

/**
 * How long a request may wait for its piece, and what follows then, by what the peer understands.
 *
 * <table>
 * <caption>at {@link #DEADLINE}</caption>
 * <tr><th>peer speaks</th><th>answer</th><th>why</th></tr>
 * <tr><td>lt_donthave (BEP 54)</td><td>withdraws the piece, then rejects its requests</td><td>the
 * peer asks others, and here again when it hears that the piece has come</td></tr>
 * <tr><td>BEP 6 alone</td><td>one reject every {@link #REJECT_PAUSE}</td><td>the piece is still
 * claimed, so what is rejected may be asked for again at once</td></tr>
 * <tr><td>neither</td><td>nothing, and after {@link #HOLD} the end</td><td>a choke would be the only
 * other word, and aria2 leaves for good after two within 5 s</td></tr>
 * </table>
 *
 * <p>Clients wait longer: libtorrent makes do with one request after 20 s, aria2 leaves after 60 s
 * without a piece, Transmission cancels after 90 s. Pure.
 */
final class DeadlineRule {
  static final Duration DEADLINE = Duration.ofSeconds(10);
  static final Duration REJECT_PAUSE = Duration.ofSeconds(3);
  static final Duration HOLD = Duration.ofSeconds(60);

  private final boolean fast;

  /** For a peer that understands rejects, or not. */
  DeadlineRule(boolean fast) {
    this.fast = fast;
  }

  /**
   * Judges the oldest request.
   *
   * @param ageNanos since it arrived
   * @param sinceRejectNanos since a block was rejected for being late
   * @param dontHave whether the peer understands lt_donthave
   */
  Overdue judge(long ageNanos, long sinceRejectNanos, boolean dontHave) {
    long patienceNanos = (fast ? DEADLINE : HOLD).toNanos();
    if (ageNanos < patienceNanos) {
      return new Overdue.NotYet(patienceNanos - ageNanos);
    }
    if (!fast) {
      return new Overdue.GiveUp();
    }
    if (dontHave) {
      return new Overdue.WithdrawPiece();
    }
    long pauseNanos = REJECT_PAUSE.toNanos() - sinceRejectNanos;
    return pauseNanos > 0 ? new Overdue.NotYet(pauseNanos) : new Overdue.RejectBlock();
  }
}
