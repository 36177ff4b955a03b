package io.weir.loadtest.rig.compare;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A server that can be started and loaded. Its settings are those that suit it best. */
public interface Contender {
  /** What it is, as in the report. */
  String product();

  /** What sets it apart from others of its product; empty where it is the only one. */
  String variant();

  /** Rows that it can have a part in. */
  Set<Group> groups();

  /** Why it cannot take part here, for people; empty where it can. */
  Optional<String> missing();

  /** What it calls its version. */
  String version() throws IOException;

  /**
   * Starts it on the bench's server core; returns once it answers, the content not yet read.
   *
   * @throws IOException saying why it did not start
   */
  Contestant start(Bench bench) throws IOException, InterruptedException;
}
