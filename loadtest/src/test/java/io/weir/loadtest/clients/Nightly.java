package io.weir.loadtest.clients;

/** Tests whose size is a matter of time are larger with {@code -Dweir.nightly=true}. */
final class Nightly {
  /** The one number at night, the other by day. */
  static int or(int night, int day) {
    return Boolean.getBoolean("weir.nightly") ? night : day;
  }

  private Nightly() {}
}
