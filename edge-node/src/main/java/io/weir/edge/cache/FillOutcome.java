package io.weir.edge.cache;

/** What became of a piece that was to be brought into the store. */
public sealed interface FillOutcome {
  /** It is in the store. */
  record Stored() implements FillOutcome {}

  /** The store's byte cap leaves no room for it. */
  record Full() implements FillOutcome {}

  /**
   * It could not be had or not be written now.
   *
   * @param reason for logs, without addresses or credentials
   */
  record Failed(String reason) implements FillOutcome {}
}
