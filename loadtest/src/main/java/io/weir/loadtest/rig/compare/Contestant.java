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

  /** Where it gives this; empty where it does not. */
  Optional<URI> address(Service service);

  @Override
  void close();
}
