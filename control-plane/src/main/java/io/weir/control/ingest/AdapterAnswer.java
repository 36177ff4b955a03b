package io.weir.control.ingest;

/**
 * What came of a call to an origin adapter.
 *
 * @param <T> what the adapter gives when all is well
 */
sealed interface AdapterAnswer<T> {
  /** It answered. */
  record Given<T>(T value) implements AdapterAnswer<T> {}

  /** It does not know this ingest (404). */
  record Unknown<T>() implements AdapterAnswer<T> {}

  /** It will not do this, now or later: the request itself is at fault. */
  record Refused<T>(String reason) implements AdapterAnswer<T> {}

  /** It cannot be reached, is overloaded or broken: worth another try. */
  record Unavailable<T>(String reason) implements AdapterAnswer<T> {}
}
