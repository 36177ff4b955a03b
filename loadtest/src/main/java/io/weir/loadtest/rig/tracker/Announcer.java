package io.weir.loadtest.rig.tracker;

/** Sends announces of one source and hears their answers. Its event loop only. */
interface Announcer {
  /** Sends so many, the first of this number in the run; is not free until all have ended. */
  void announce(int count, long firstNumber);

  /** Gives up what was sent before this moment. */
  void giveUp(long sentBeforeNanos);
}
