package io.weir.loadtest.crowd;

/** STUB. */
public final class Crowd {
  private Crowd() {}
}
