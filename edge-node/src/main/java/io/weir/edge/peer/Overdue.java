package io.weir.edge.peer;

/** What is to become of a peer's oldest request; see {@link DeadlineRule}. */
sealed interface Overdue {
  /**
   * It may go on waiting.
   *
   * @param nanos until it is to be looked at again
   */
  record NotYet(long nanos) implements Overdue {}

  /** Its piece is to be withdrawn (BEP 54) and all requests for it rejected. */
  record WithdrawPiece() implements Overdue {}

  /** It alone is to be rejected (BEP 6). */
  record RejectBlock() implements Overdue {}

  /** The connection is to be closed. */
  record GiveUp() implements Overdue {}
}
