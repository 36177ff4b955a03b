package io.weir.loadtest.rig.compare;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A contender that runs. Closing ends its processes. */
public interface Contestant extends AutoCloseable {
  /** The process whose CPU time, descendants included, is what an answer costs. */
  long pid();

  /** How it was started. */
  List<String> command();

  /** The content's address by this scheme, {@code http} or {@code https}; empty without one. */
  Optional<URI> url(String scheme);

  @Override
  void close();
}
