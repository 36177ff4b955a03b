package io.weir.edge.cache;

/** Why a read was answered {@link PartRead.Unavailable}; the closed set of a metric's label. */
enum Refusal {
  BUSY("too many pieces are in flight"),
  WAITERS("too many reads wait for this piece"),
  DEADLINE("no answer in time"),
  SOURCE("fill failed"),
  CORRUPT("source delivers bytes that do not match the piece's hash"),
  CLOSED("the cache is closed"),
  BROKEN("internal error");

  private final String text;

  Refusal(String text) {
    this.text = text;
  }

  PartRead.Unavailable unavailable() {
    return new PartRead.Unavailable(text);
  }

  PartRead.Unavailable unavailable(String detail) {
    return new PartRead.Unavailable(text + ": " + detail);
  }
}
