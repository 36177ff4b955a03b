package io.weir.loadtest;

/** STUB. */
public final class WeirMain {
  private WeirMain() {}
}
