package io.weir.loadtest.rig.compare;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A contestant whose process somebody else has started.
 *
 * @param pid whose CPU time counts
 * @param command how it was started
 * @param addresses of what it serves
 * @param end ends its processes
 */
record Started(long pid, List<String> command, Map<Service, URI> addresses, Runnable end)
    implements Contestant {
  /** Copies. */
  Started {
    command = List.copyOf(command);
    addresses = Map.copyOf(addresses);
  }

  /** An address by scheme, host and port alone. */
  static URI at(String scheme, InetSocketAddress address) {
    return URI.create(scheme + "://" + address.getHostString() + ":" + address.getPort());
  }

  @Override
  public Optional<URI> address(Service service) {
    return Optional.ofNullable(addresses.get(service));
  }

  @Override
  public void close() {
    end.run();
  }
}
