package io.weir.loadtest.rig.http;

import io.weir.loadtest.rig.Zipf;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Which content of a catalogue is asked for next. */
public enum Popularity {
  /** The first far more often than the last. */
  ZIPF,
  /** All alike. */
  UNIFORM,
  /** One after the other, each once before any a second time: what is cold stays cold longest. */
  IN_TURN;

  /** Indexes into a catalogue of so many contents; not safe for several threads. */
  IntSupplier over(int contents, RandomGenerator random) {
    return switch (this) {
      case ZIPF -> {
        Zipf zipf = new Zipf(contents, random);
        yield () -> (int) zipf.next();
      }
      case UNIFORM -> () -> random.nextInt(contents);
      case IN_TURN -> inTurn(contents);
    };
  }

  private static IntSupplier inTurn(int contents) {
    int[] next = {0};
    return () -> {
      int index = next[0];
      next[0] = (index + 1) % contents;
      return index;
    };
  }
}
